namespace Chat.Protocol.Tests;

[TestClass]
public sealed class TextRulesTests
{
    [TestMethod]
    [DataRow("", RefusalCode.TextEmpty)]
    [DataRow(" ", RefusalCode.TextEmpty)]
    [DataRow("\r\n\t\u00A0\u3000", RefusalCode.TextEmpty)]
    [DataRow("a", null)]
    [DataRow(" a ", null)]
    [DataRow("0", null)]
    public void EmptyTextIsRefused(string text, string? code) => Assert.AreEqual(code, TextRules.CodeFor(text));

    [TestMethod]
    [DataRow("\u200B", DisplayName = "zero width space")]
    [DataRow("\u3164", DisplayName = "Hangul filler")]
    [DataRow("\uFFA0\u115F\u1160", DisplayName = "other Hangul fillers")]
    [DataRow("\u2800\u2800", DisplayName = "empty Braille patterns")]
    [DataRow("\u00AD", DisplayName = "soft hyphen")]
    [DataRow("\u202E\u202C", DisplayName = "directions")]
    [DataRow("\u2060\uFEFF\u180E\u061C", DisplayName = "joiners and marks")]
    [DataRow("\u034F\uFE0F", DisplayName = "grapheme joiner, variation selector")]
    [DataRow("\U000E0041\U000E007F", DisplayName = "tags")]
    [DataRow("\U000E0100", DisplayName = "supplementary variation selector")]
    [DataRow("\u0301\u0489\u0903", DisplayName = "marks alone")]
    [DataRow(" \u0301\n", DisplayName = "a mark on a space")]
    [DataRow("\U0001D159\U0001D173", DisplayName = "musical controls")]
    public void TextThatShowsNothingIsEmpty(string text)
    {
        Assert.IsTrue(TextRules.ShowsNothing(text));
        Assert.AreEqual(RefusalCode.TextEmpty, TextRules.CodeFor(text));
    }

    [TestMethod]
    [DataRow("a\u200B")]
    [DataRow("\u200Be\u0301")]
    [DataRow("❤️")]
    [DataRow("👩‍👧")]
    [DataRow("🏴\U000E0067\U000E007F")]
    [DataRow("\u2801", DisplayName = "a Braille pattern with a dot")]
    [DataRow("\u06DD", DisplayName = "Arabic end of ayah, a format with a shape")]
    [DataRow("\uE000", DisplayName = "private use")]
    [DataRow("ㅤa")]
    [DataRow(".")]
    public void TextThatShowsSomethingIsNot(string text) => Assert.IsFalse(TextRules.ShowsNothing(text));

    [TestMethod]
    [DataRow("olá, 日本 😀 עברית\u200F", true)]
    [DataRow("a\nb", false)]
    [DataRow("a\rb", false)]
    [DataRow("a\tb", false)]
    [DataRow("a\u0085b", false)]
    [DataRow("a\u2028b", false)]
    [DataRow("a\u2029b", false)]
    [DataRow("a\u202Eb", false)]
    [DataRow("a\u202Ab\u202C", false)]
    [DataRow("a\u2066b\u2069", false)]
    public void ALineHasNoBreaksAndNoDirections(string text, bool isLine) => Assert.AreEqual(isLine, TextRules.IsOneLine(text));

    [TestMethod]
    [DataRow("a")]
    [DataRow("é")]
    [DataRow("😀")]
    public void TextIsLimitedTo4000ScalarValues(string one)
    {
        Assert.IsNull(TextRules.CodeFor(string.Concat(Enumerable.Repeat(one, 4_000))));
        Assert.AreEqual(RefusalCode.TextTooLong, TextRules.CodeFor(string.Concat(Enumerable.Repeat(one, 4_001))));
    }

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("abc", 3)]
    [DataRow("😀é", 2)]
    [DataRow("👩‍👩‍👧‍👦", 7)]
    [DataRow("e\u0301", 2)]
    public void CountsScalarValues(string text, int count) => Assert.AreEqual(count, TextRules.ScalarsIn(text));

    [TestMethod]
    public void AllowsLineBreaksAndTabsButNoOtherControls()
    {
        for (var c = '\0'; c < 0x300; c++)
            Assert.AreEqual(char.IsControl(c) && c is not ('\n' or '\r' or '\t'), TextRules.HasForbiddenControl($"a{c}b"),
                $"U+{(int)c:X4}");
        Assert.IsFalse(TextRules.HasForbiddenControl("😀\u2028日本"));
    }

    [TestMethod]
    [DataRow("a\u001B[31mb\u0007", "a\uFFFD[31mb\uFFFD", DisplayName = "escape sequences")]
    [DataRow("a\u009B31mb\u007F", "a\uFFFD31mb\uFFFD", DisplayName = "their short forms, DEL")]
    [DataRow("a\r\nb\tc", "a\uFFFD\nb\tc", DisplayName = "a return could write over the line")]
    [DataRow("a\u202Eb\u2066c\u2069\u200F", "a\uFFFDb\uFFFDc\uFFFD\uFFFD", DisplayName = "directions")]
    [DataRow("a\u2028b\u2029c", "a\uFFFDb\uFFFDc", DisplayName = "line separators")]
    [DataRow("olá 😀 日本", "olá 😀 日本", DisplayName = "nothing to take out")]
    public void HarmlessReplacesTerminalControls(string text, string shown) => Assert.AreEqual(shown, TextRules.Harmless(text));

    [TestMethod]
    public void HarmlessReplacesLoneSurrogates() => Assert.AreEqual("a\uFFFDb", TextRules.Harmless("a\uD800b"));
}
