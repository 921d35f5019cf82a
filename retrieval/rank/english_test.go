package rank

import (
	"slices"
	"strings"
	"testing"
)

// town is a small report of made-up facts, a passage a line.
var town = strings.Split(strings.TrimSpace(`
临江市是全省人口最多的特大城市，2016年末常住人口达到1126万人，比上年增加38万人。
临江市出台人才引进办法，博士来临江就业可一次性领取安家补贴15万元。
临江市构建三道生态屏障，其中北部山区承担水源涵养功能，禁止开山采石。
市政务服务大厅实行一站式办理，企业开办时间由22天压缩到5天。
该市被誉为“丝绸之乡”，丝织品出口占全国的十分之一。
临江被称为“桥都”，跨江大桥达到27座。
自2015年起执行史上最严的机动车尾气排放标准，超标车辆不得上路。
临江港以煤炭、铁矿石、粮食等大宗商品运输为主，2016年吞吐量达2.1亿吨。
市财政设立5亿元创业引导基金，对初创企业给予最高50万元的无息贷款。
对黑臭河道采取截污、清淤、补水等综合治理措施，三年内消除黑臭水体46条。
针对老旧小区停车难，各街道利用边角地新增停车泊位8600个，并鼓励单位车位夜间错时开放。
轨道交通四号线因穿越溶洞区，施工难度大，工期比原计划推迟14个月。
受台风影响，2014年7月全市有12.3万人紧急转移，直接经济损失9.8亿元。
全市取消农业户口与非农业户口的区分，统一登记为居民户口。
外来务工人员随迁子女可就近进入公办学校就读，不得收取借读费。
新能源公交车占全部公交车的比重由2013年的8%提高到2016年的61%。
空气质量优良天数为268天，比上年增加21天，细颗粒物年均浓度下降11.5%。
重度污染天气启动红色预警后，中小学停课，机动车实行单双号限行。
养老机构床位每千名老人拥有35张，民办机构占四成。
社区卫生服务中心推行家庭医生签约服务，签约居民在二级医院就诊可优先转诊。
医疗费用中个人负担的比例由34%降至28%。
商品住宅均价每平方米9860元，涨幅居全省第三位。为抑制房价过快上涨，市政府实行限购。
全年建成保障性住房1.9万套，优先配租给环卫工人和公交司机。
全社会研发投入占地区生产总值的2.7%，每万人发明专利拥有量为18.4件。
临江大学与三家企业共建石墨烯实验室，成果转化收益的七成归科研团队。
自由贸易试验区临江片区面积为38.6平方公里，挂牌以来新增外资企业412家。
跨境电商零售进口商品实行“先入区、后报关”，通关时间缩短一半。
关闭小煤矿31座，化解钢铁过剩产能120万吨，安置职工6400人。
对拒不执行法院判决的失信被执行人，限制其乘坐飞机和高铁。
非法倾倒危险废物三吨以上的，处三年以下有期徒刑，并处罚金。
禁止在中心城区燃放烟花爆竹，违者处以500元以下罚款。
垃圾分类试点小区达到320个，居民投放厨余垃圾可积分兑换日用品。
水价实行阶梯收费，第三级用水价格为第一级的三倍。
贫困村全部通上硬化公路，2016年脱贫人口4.2万人。
农民土地承包经营权确权登记颁证率达到96%，土地流转面积占四分之一。
临江与德国汉堡结为友好城市，双方在港口管理、职业教育方面开展合作。
博物馆、图书馆全部免费开放，全年接待观众530万人次。
古城保护条例规定，历史建筑不得擅自拆除，修缮费用由政府与产权人共同承担。
大学毕业生起薪平均为每月4210元，信息技术行业最高。
女职工产假延长至158天，用人单位不得因此降低其工资。
网约车驾驶员须有三年以上驾龄，且无暴力犯罪记录。
共享单车投放量超过12万辆，乱停乱放问题突出，交管部门划定禁停区。
政府数据开放平台发布数据集2140个，涉及交通、气象、教育等领域。
市民热线受理群众诉求86万件，办结率为98%，群众最关心的是噪声扰民。
规划提出，到2020年建成区域性金融中心，把金融业培育成支柱产业。
临江市定位为长江中游的综合交通枢纽和先进制造业基地。
旅游收入达到418亿元，入境游客来自韩国、日本的最多。
森林覆盖率由41%上升到46%，人均公园绿地面积13.2平方米。
学前教育毛入园率为91%，幼儿教师缺口1800人。
PPP项目共23个，总投资310亿元，社会资本占六成以上。
临江市户籍人口出生率为9.7‰，65岁以上老年人占12.8%。
北部山区建成风电场六座，年发电量14亿千瓦时。
市中心城区设立24小时自助服务大厅，可办理身份证、护照等业务。
临江大桥于1998年建成通车，全长2460米，日均车流量6.3万辆。
食品安全标准规定，婴幼儿奶粉生产企业须具备自建奶源。
物流企业使用电子运单，货物周转效率提高两成，港口堆存时间缩短。
银行对小微企业贷款余额增长13.5%，平均利率为5.9%。
河道两岸新建绿道56公里，游船航线延伸至古城码头。
老城区改造坚持留改结合，新建社区公园12处，加装电梯340部。
地铁二号线日均客流量48万人次，末班车延长至零时。
气象部门建立台风预警发布系统，短信覆盖全部乡镇。
务工人员工资支付实行实名制管理，拖欠工资的企业列入黑名单。
公交线路优化调整43条，公交专用道总长182公里，乘客候车时间平均为9分钟。
全市建成空气自动监测站22个，数据每小时向社会公布一次。
学校开设安全教育课程，每学期组织一次消防演练。
医院床位总数达4.6万张，每千人口拥有执业医师3.1人。
医疗纠纷由第三方调解委员会处理，调解成功率为87%。
土地拍卖收入为286亿元，其中住宅用地占六成。住房公积金缴存职工达92万人。
地区生产总值增长8.1%，其中第三产业占53%。
科研人员可以离岗创业，三年内保留人事关系。
外资企业投诉由商务部门受理，15个工作日内答复。
煤矿安全监察机构查处隐患1460处，罚款870万元。
法院全年审结案件9.7万件，执行到位金额64亿元。
医疗废物由专业公司统一收集，日处理能力22吨。
商业综合体集中在中心城区，春节期间零售额增长9%。
厨房用品和家用电器销售增长较快，线上渠道占三成。
城市供水管网漏损率为11%，居民用水水质合格率达99.6%。
用户投诉水费计量不准的，供水企业应在七日内校验水表。
农村贫困家庭学生免除学杂费，每人每年补助生活费1250元。
农民人均纯收入1.58万元，农业机械化率为72%。
外商投资企业出口占全市出口总额的45%，主要市场为欧盟和美国。
临江籍演员演出的地方戏赴国外城市巡演11场。
旧工业建筑改造为创意园区，入驻文化企业230家。
毕业生创业可申请免费场地，最长不超过三年。
女性职工占城镇就业人员的43%，企业应为其安排年度体检。
新手司机须在实习期张贴标志，货车驾驶员每日连续驾车不得超过四小时。
自行车道连通商业区与地铁站，总长310公里。
政府网站集约化后由236个减至41个，网页差错率明显下降。
环境投诉案件中，餐饮油烟占三成，由城管部门处理。
金融机构不良贷款率为1.6%，银行网点转型为综合服务点。
境外机构在临江设立办事处67家，海外留学人员创业园孵化企业150家。
观众可通过网上预约参观展览，志愿者讲解员达800人。
幼儿园收费实行备案管理，民办幼儿园占58%。
民间投资增长6.4%，低于全部投资增速2.3个百分点。
`), "\n")

// townQuestions are asked as people who read no Chinese type them; want is part
// of the passage that answers.
var townQuestions = []struct{ question, want string }{
	{"How many people live in this megacity?", "1126万人"},
	{"What role does the mountainous north play as a green shield?", "生态屏障"},
	{"How long does it take to start a business at the one-stop service hall?", "压缩到5天"},
	{"What is the city nicknamed because of its bridges?", "桥都"},
	{"When did the strictest ever tailpipe rules come into force?", "史上最严"},
	{"Which bulk goods does the harbour mainly handle?", "大宗商品"},
	{"How much money can a start-up borrow without paying interest?", "无息贷款"},
	{"How is the city dealing with its foul-smelling rivers?", "黑臭河道"},
	{"What was done about the lack of parking spots in older neighbourhoods?", "停车泊位"},
	{"Why is Line 4 of the subway running behind schedule?", "溶洞区"},
	{"How many people were evacuated because of the typhoon?", "紧急转移"},
	{"Can the kids of migrant workers go to nearby state schools?", "随迁子女"},
	{"What share of the bus fleet runs on new energy?", "新能源公交车"},
	{"On how many days of the year was the air good?", "优良天数"},
	{"What happens to schools when a red alert for heavy smog is triggered?", "停课"},
	{"How many beds are there in nursing homes for every thousand old people?", "床位"},
	{"How much of their medical bills do patients have to pay themselves?", "个人负担"},
	{"What did the authorities come up with to stop home prices from soaring?", "限购"},
	{"Who gets priority for subsidised flats?", "优先配租"},
	{"What percentage of GDP goes into R&D?", "研发投入"},
	{"What cut of the profits do scientists keep when their findings are put to commercial use?", "成果转化收益"},
	{"How big is the FTZ?", "38.6平方公里"},
	{"How much faster do goods bought from overseas websites clear customs?", "通关时间"},
	{"How many laid-off workers were found new jobs after the mines were shut down?", "安置职工"},
	{"What are people who ignore court rulings barred from doing?", "失信被执行人"},
	{"What is the punishment for dumping hazardous waste?", "有期徒刑"},
	{"How much is the fine for setting off firecrackers downtown?", "烟花爆竹"},
	{"What do households get in return for sorting kitchen waste?", "积分兑换"},
	{"How much more do heavy users pay for water?", "阶梯收费"},
	{"How many people were lifted out of poverty in 2016?", "脱贫人口"},
	{"What proportion of farmers' land has been leased out?", "土地流转"},
	{"Which foreign city is it twinned with?", "友好城市"},
	{"Who foots the bill for repairing old buildings?", "修缮费用"},
	{"How much do fresh graduates earn a month?", "起薪"},
	{"How many days off do new mothers get?", "产假"},
	{"What sort of people are not allowed to drive for ride-hailing apps?", "驾驶员"},
	{"What's wrong with the shared bikes?", "乱停乱放"},
	{"How many data sets has the open data portal put out?", "2140个"},
	{"What do callers to the hotline complain about most?", "噪声扰民"},
	{"By when is the city supposed to turn into a financial hub?", "2020年"},
	{"Where do most overseas visitors come from?", "入境游客"},
	{"How short of kindergarten teachers is the city?", "1800人"},
	{"How much private money went into PPP projects?", "社会资本"},
}

// freshQuestions were asked when the list had the words of townQuestions.
var freshQuestions = []struct{ question, want string }{
	{"How much cash does a PhD holder get for moving there?", "安家补贴"},
	{"How many bridges cross the river?", "27座"},
	{"Which goods is the town famous for abroad?", "丝织品"},
	{"How much damage did the storm do?", "直接经济损失"},
	{"Do rural and urban people still have different household registration?", "统一登记为居民户口"},
	{"Which patients can jump the queue at bigger hospitals?", "优先转诊"},
	{"How expensive are new homes on average?", "均价"},
	{"How many patents are held per ten thousand inhabitants?", "发明专利"},
	{"How many foreign-owned firms have set up in the pilot zone?", "412家"},
	{"By how much was steel overcapacity cut?", "过剩产能"},
	{"May an owner knock down a listed house in the old town?", "不得擅自拆除"},
	{"Do you have to pay to get into the museums?", "免费开放"},
	{"What happens to fines collected from coal mines that hide dangers?", "1460处"},
	{"How many years must a ride-hailing driver have held a licence?", "三年以上驾龄"},
	{"How much did tourism bring in?", "418亿元"},
	{"How much of the city is covered by trees?", "森林覆盖率"},
	{"What is the city meant to be within the middle reaches of the Yangtze?", "长江中游"},
	{"How many old folks are there as a percentage of residents?", "65岁以上"},
	{"How much electricity do the wind farms generate?", "风电场"},
	{"Where can I renew my ID card at midnight?", "自助服务大厅"},
	{"When did the bridge open to traffic?", "1998年"},
	{"What must baby formula makers own?", "自建奶源"},
	{"What interest do small firms pay on bank loans?", "平均利率"},
	{"How many lifts were put into old buildings?", "加装电梯"},
	{"How late does the metro run?", "末班车"},
	{"How are villagers warned of an approaching typhoon?", "台风预警"},
	{"What happens to bosses who don't pay their workers?", "黑名单"},
	{"How long do passengers wait for a bus?", "候车时间"},
	{"How often are air readings made public?", "每小时"},
	{"How do schools teach pupils to stay safe?", "安全教育"},
	{"How many doctors are there per thousand people?", "执业医师"},
	{"Who settles quarrels between patients and hospitals?", "第三方调解委员会"},
	{"How much did the city earn by auctioning land?", "土地拍卖"},
	{"How fast did the economy grow?", "8.1%"},
	{"Can researchers quit temporarily to found a company?", "离岗创业"},
	{"How many days does it take to answer a complaint by a foreign investor?", "15个工作日"},
	{"How much water leaks from the pipes?", "漏损率"},
	{"Which countries buy most of the exports?", "主要市场"},
	{"What became of the disused factory buildings?", "创意园区"},
	{"How many hours can a lorry driver drive without a break?", "连续驾车"},
	{"How many government websites are left after the merger?", "41个"},
	{"What proportion of environmental complaints are about cooking fumes?", "餐饮油烟"},
	{"How many bad loans do the banks have?", "不良贷款率"},
	{"How many exhibition guides work for free?", "志愿者"},
	{"Is private investment growing faster than investment as a whole?", "民间投资"},
}

// lastQuestions were asked when it was nearly done.
var lastQuestions = []struct{ question, want string }{
	{"What is the headcount of the province's most populous city?", "1126万人"},
	{"Is quarrying still legal in the northern hills?", "开山采石"},
	{"How has the waiting period for registering a firm changed?", "压缩到5天"},
	{"Are cars that exceed the limits still allowed on the road?", "史上最严"},
	{"How much cargo passed through the docks in 2016?", "2.1亿吨"},
	{"What steps are being taken against stinking streams?", "黑臭河道"},
	{"How many new parking bays were squeezed into street corners?", "停车泊位"},
	{"What held up construction of the fourth metro line?", "溶洞区"},
	{"How many people had to flee the storm in July 2014?", "紧急转移"},
	{"Do migrants' sons and daughters have to pay extra to study?", "随迁子女"},
	{"How did the proportion of clean buses change between 2013 and 2016?", "新能源公交车"},
	{"By what margin did fine particles fall?", "细颗粒物"},
	{"When are cars banned on alternate days?", "单双号限行"},
	{"What portion of elderly care homes is privately run?", "民办机构"},
	{"What do residents gain by signing with a family doctor?", "家庭医生"},
	{"Has the share of health costs borne by individuals gone down?", "个人负担"},
	{"How did the government try to cool the housing market?", "限购"},
	{"Do street cleaners have first call on public housing?", "环卫工人"},
	{"How does research spending compare with economic output?", "研发投入"},
	{"With whom did the university build its graphene lab?", "石墨烯"},
	{"What changed in the customs procedure for online imports?", "先入区"},
	{"How many pits were closed?", "小煤矿"},
	{"Who may not board planes or bullet trains?", "失信被执行人"},
	{"How long can you go to prison for illegally dumping toxic waste?", "有期徒刑"},
	{"What can residents swap their recycling points for?", "日用品"},
	{"How much dearer is the top tier of water use than the lowest?", "阶梯收费"},
	{"Have all poor villages been linked by paved roads?", "硬化公路"},
	{"What do Linjiang and Hamburg work on together?", "汉堡"},
	{"Which sector pays graduates best?", "起薪"},
	{"Can a boss cut a woman's pay while she is on maternity leave?", "产假"},
	{"Can someone with a violent past drive a ride-hailing car?", "暴力犯罪记录"},
	{"Where have no-parking zones been marked out for bicycles?", "禁停区"},
	{"What fields does the open data cover?", "数据集"},
	{"What share of hotline requests gets resolved?", "办结率"},
	{"Which industry is to become a pillar by 2020?", "支柱产业"},
	{"How much park does each resident have?", "公园绿地面积"},
	{"What share of small children attends kindergarten?", "毛入园率"},
	{"How many public-private projects are there and what are they worth?", "PPP项目"},
	{"How many lanes are reserved for buses, and how long are they?", "公交专用道"},
	{"How much did land sales raise?", "土地拍卖"},
	{"How many cases did the courts close last year?", "审结案件"},
	{"How much medical waste is collected a day?", "医疗废物"},
	{"How much support do poor rural pupils get each year?", "补助生活费"},
	{"How mechanised is farming?", "农业机械化率"},
	{"How many incubated firms were founded by people back from studying overseas?", "留学人员创业园"},
}

// TestEnglishFinds holds the English words to finding what is asked for.
func TestEnglishFinds(t *testing.T) {
	r := newRanker(t, town...)
	for _, set := range []struct {
		name      string
		questions []struct{ question, want string }
		least     int
	}{{"town", townQuestions, 40}, {"fresh", freshQuestions, 39}, {"last", lastQuestions, 41}} {
		found := 0
		for _, c := range set.questions {
			res := askRanker(t, r, c.question)
			if len(res.Hits) > 0 && strings.Contains(res.Hits[0].Doc.Paragraph.Text, c.want) {
				found++
				continue
			}
			_, quote, _ := first(res)
			t.Logf("%s: read as %q, finds %s", c.question, understand(t, r, c.question).Topic, quote)
		}
		t.Logf("%s: %d of %d", set.name, found, len(set.questions))
		if found < set.least {
			t.Errorf("%s: %d of %d questions find the passage that answers, want %d", set.name, found, len(set.questions), set.least)
		}
	}
}

// TestEnglishTopics reads questions that a library has no word of, so that the
// first Chinese word of each is taken.
func TestEnglishTopics(t *testing.T) {
	r := newRanker(t, "茶。")
	for question, want := range map[string]string{
		// Small words within a phrase, and at its ends.
		"How does the rule of law protect the Internet of Things?": "法治 保护 物联网",
		"What is on the negative list?":                            "负面清单",
		"How do mills get rid of foul water?":                      "工厂 消除 污水",
		// Words that ask, and phrases that name nothing.
		"When it comes to haze, what sort of masks are supposed to help?": "雾霾 口罩 支持",
		"In the end, what will the hall be used for?":                     "大厅 用于",
		"Which document set the goals?":                                   "设定 目标",
		"What is the area of the bay?":                                    "面积 湾区",
		// Plurals, possessives, tenses, hyphens and British spelling.
		"China's neighbouring provinces":     "中国 相邻 省",
		"Were labour-intensive mills moved?": "劳动密集型 工厂 搬迁",
		"the dirtiest rivers' defences":      "脏 河流 防御",
		// Numbers, ordinals and dates.
		"Did three banks lend 3.5 billion yuan?":     "3 银行 贷款 3500000000 人民币",
		"Was it 30 per cent, or two thirds?":         "30% 2/3",
		"the third batch and the 2nd phase":          "第3批 第2期",
		"Article 12, Line 4 and the third lake":      "第12条 4号线 第3 湖泊",
		"by March 5, 2015 or in May 2016":            "2015年3月5日 2016年5月",
		"the 1990s and the 21st century":             "90年代 21世纪",
		"every ten thousand people may march in May": "每万 游行 5月",
		// Abbreviations.
		"SMEs, NGOs, EVs, R&D and the FTZ": "中小企业 社会组织 电动汽车 研发 自贸区",
	} {
		if got, want := understand(t, r, question).Topic, foldText(want); got != want {
			t.Errorf("%s: read as %q, want %q", question, got, want)
		}
	}
}

// TestEnglishAsks tells words that ask from the same words in another place.
func TestEnglishAsks(t *testing.T) {
	r := newRanker(t, "茶。")
	for question, want := range map[string]Asked{
		"when did the ferry stop":                        AskDate,
		"tell me when the ferry stopped":                 AskDate,
		"by when must boilers be phased out":             AskDate,
		"what must ferries do when fog comes up":         AskWhat,
		"when it comes to tea, what is grown":            AskWhat,
		"who collects garbage":                           AskWho,
		"by whom is garbage collected":                   AskWho,
		"how many people who lost jobs were helped":      AskQuantity,
		"which university built the kiln":                AskWho,
		"what city has the kiln":                         AskPlace,
		"which foreign city is it twinned with":          AskPlace,
		"what is the total area of the wetland":          AskQuantity,
		"what is the population of the town":             AskQuantity,
		"what is on the negative list":                   AskWhat,
		"what is the name of the kiln":                   AskWhat,
		"list the museums":                               AskList,
		"please name three kilns":                        AskList,
		"how come the ferry stopped":                     AskWhy,
		"what was the reason for the delay":              AskWhy,
		"did the town introduce a tea tax":               AskWhether,
		"introduce the town":                             AskHow,
		"what regulation covers kilns":                   AskTitle,
		"in towns where tea is grown, how long is a day": AskQuantity,
	} {
		if got, _ := r.readAsked(foldText(question)); got != want {
			t.Errorf("%s asks for kind %d, want %d", question, got, want)
		}
	}
}

// TestEnglishFormsStand lets the other Chinese words of an English one stand for
// each word that the first is cut into.
func TestEnglishFormsStand(t *testing.T) {
	r := newRanker(t, "新区的排污口共40个。", "排污企业要装表。", "污染企业要搬走。")
	q := understand(t, r, "do polluting firms pay")
	found := 0
	for _, c := range q.Concepts {
		if !strings.Contains("排污企业", c.Text) {
			continue
		}
		found++
		if !slices.ContainsFunc(c.Forms, func(f Form) bool { return f.Text == "污染企业" }) {
			t.Errorf("%s may not be printed as 污染企业: %v", c.Text, c.Forms)
		}
	}
	if found < 2 {
		t.Errorf("排污企业 is cut into %d words in %q, want more", found, q.Topic)
	}
}
