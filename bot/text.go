package bot

import (
	"fmt"
	"strings"
)

const (
	textHello = "我是出处。问我报告里的事，我用报告的原文回答，并给出它在哪一章哪一段、出自哪条脚注。一个字也不编。"
	textTry   = "可以这样问："
	textHelp  = `直接发问题就行，一次一个。我用报告原文回答，附章节、段落和脚注；报告里没有的，我会照实说没有。

/ask 问题：提问，和直接发问题一样
/cite 27：查注[27]；也可以查文号（国发〔2016〕18号）或《文件名》
/reports：有哪些报告
/new：忘掉前面的问题，另起话头
/help：看这段说明

把一句话原样贴过来，我会核对报告里是不是这么写的。
问题改了字，我会跟着改答案。`
	textForgot    = "好，前面的问题都忘掉了。请问吧。"
	textFailed    = "这个问题没能答出来，是我这边出了错。请过一会儿再问一次。"
	textUndone    = "这个问题的答案没能发出来。请换个问法再试一次。"
	textNoText    = "我只看得懂文字。请把问题打成字发给我。"
	textNoReports = "现在一份报告也没有。"
	textReports   = "现在有这些报告："
	textEmptyCite = "/cite 后面写上要查的注号、文号或《文件名》，例如：/cite 27"
)

// Undone is what an asker is told whose answer could not be delivered.
const Undone = textUndone

func textEmptyAsk(samples []string) string {
	s := "/ask 后面写上问题"
	if len(samples) > 0 {
		s += "，例如：/ask " + samples[0]
	}
	return s
}

func textUnknown(name string) string {
	if name == "" {
		return "斜杠后面要写命令。有这些命令：" + commandList()
	}
	return fmt.Sprintf("没有 /%s 这个命令。有这些命令：%s", shorten(name, 32), commandList())
}

func commandList() string {
	return "/" + strings.Join(commandNames, " /") + "。直接发问题也行。"
}

func textTooLong(runes int, asked string) string {
	return fmt.Sprintf("您发来的文字太长（%d字），我只问了其中的第一个问题：“%s”", runes, asked)
}
