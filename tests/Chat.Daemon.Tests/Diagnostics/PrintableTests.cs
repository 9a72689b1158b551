using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Tests.Diagnostics;

[TestClass]
public sealed class PrintableTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("plain, joão, 日本, 🙂", "plain, joão, 日本, 🙂")]
    [DataRow("a\r\nb", "a\\u000D\\u000Ab")]
    [DataRow("\u001b[31m", "\\u001B[31m")]
    [DataRow("\u2028\u2029\u202e\u200b\ufeff\u0085\u007f", "\\u2028\\u2029\\u202E\\u200B\\uFEFF\\u0085\\u007F")]
    [DataRow("\U000E0041", "\\uDB40\\uDC41")]
    public void UnsafeCharactersAreEscaped(string text, string safe) => Assert.AreEqual(safe, Printable.Escape(text));

    [TestMethod]
    public void ALoneSurrogateIsEscaped() => Assert.AreEqual("a\\uD800\\u000A", Printable.Escape("a" + (char)0xD800 + "\n"));
}
