namespace Chat.House.Tests;

/// <summary>The other tests here rely on this reading of C#.</summary>
[TestClass]
public sealed class CodeTextTests
{
    [TestMethod]
    [DataRow("a // b\nc", "a #\nc")]
    [DataRow("a /* b\n */ c", "a #\n c")]
    [DataRow("/// <c>x</c>\nb", "#\nb")]
    [DataRow("""a("b // c") d""", """a("") d""")]
    [DataRow(""""a("b \" c") d"""", """a("") d""")]
    [DataRow("""a(@"b\", @"c""d") e""", """a("", "") e""")]
    [DataRow("""a($"b{c}d") e""", """a("") e""")]
    [DataRow("""a($@"b\{c}", @$"d") e""", """a("", "") e""")]
    [DataRow("""a('"', '\'', '\u0022', '\\') b""", """a("", "", "", "") b""")]
    [DataRow("a(\"\"\"b \" \"\" c\n d\"\"\") e", "a(\"\"\n) e")]
    [DataRow("a($$\"\"\"\"{{b}} \"\"\"c\"\"\"\") d", "a(\"\") d")]
    [DataRow("""https: "http://x"; b""", """https: ""; b""")]
    public void SkipsCommentsAndLiterals(string code, string read) =>
        Assert.AreEqual(read, CodeText.Mark(code).Replace(CodeText.Comment, '#'));

    [TestMethod]
    public void FindsTheTypes() => Assert.AreSequenceEqual(["A", "B", "C", "D", "E", "F", "G", "H"], CodeText.TypesIn("""
        public sealed class A<T> : X where T : class { } struct B; interface C { } enum D { } record E(int X); readonly record struct F;
        sealed record class G; internal delegate Task<int?> H(int x); x.record = y; Func<int> z = delegate { return 1; };
        """));

    [TestMethod]
    public void FindsTheWords() => Assert.AreSequenceEqual(
        ["HTTP", "Server", "Host", "2", "Database"], CodeText.WordsOf("HTTPServer_Host2.Database"));
}
