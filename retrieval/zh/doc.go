// Package zh prepares Chinese text for matching: it folds the many ways of
// writing the same thing into one, cuts text into tokens, and knows how common
// a word is in general Chinese.
//
// Fold is one function for the index and the query, so that both always agree.
// It takes
//
//   - full-width forms, compatibility ideographs and capitals to plain ones;
//   - traditional characters to simplified ones, and with them the words that
//     Taiwan and Hong Kong use for another on the mainland (資訊 to 信息), so
//     far as no simplified text can hold them;
//   - brackets, quotes and dashes each to one form, and a run of white space to
//     one space;
//   - numbers to Arabic digits, exactly: 二〇一六 to 2016, 百分之五点九五 to
//     5.95%, 三分之二 to 2/3, 1.6万亿 to 1600000000000, 1,200 to 1200, 第二十七
//     to 第27, 三个 to 3个. A numeral that is part of a word stays: 四川, 十分,
//     一带一路, 十三五, 五位一体.
//
// Folded text remembers where it came from: Folded.Source leads from a token
// back to the bytes of the source it stands for.
//
// A Segmenter cuts folded text into words with jieba, whose dictionaries the
// program carries with it. Bigrams and Chars need no dictionary.
package zh
