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
