namespace Chat.Protocol.Tests;

[TestClass]
public sealed class MentionTextTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("sem nada", "")]
    [DataRow("@ana", "ana")]
    [DataRow("oi @ana, oi @bia!", "ana bia")]
    [DataRow("a\n@ana\t@bia\u3000@caio", "ana bia caio")]
    [DataRow("x@ana (@ana) .@ana", "")]
    [DataRow("@ana. @bia-_. @c.d", "ana.|ana bia-_.|bia c.d")]
    [DataRow("@ana@bia", "ana")]
    [DataRow("@ @. @-ana @@ana", "")]
    [DataRow("@ana @ANA @Ana.", "ana Ana.|Ana")]
    [DataRow("@João @Joa\u0303o", "João")]
    [DataRow("@аna mista", "")]
    [DataRow("@\u0301ana", "")]
    [DataRow("@ana\U0001F44B", "ana")]
    [DataRow("@ana\u200B", "ana")]
    public void NamesAreTheWholeRunOrItWithoutItsEnd(string text, string names) =>
        Assert.AreEqual(names, string.Join(' ', MentionText.NamesIn(text, 50).Select(one => string.Join('|', one.Select(n => n.Text)))));

    [TestMethod]
    public void AFloodIsCut()
    {
        var text = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"@u{i} "));
        Assert.HasCount(50, MentionText.NamesIn(text, 50));
        Assert.HasCount(0, MentionText.NamesIn("@" + new string('a', 100_000), 50));
        Assert.HasCount(1, MentionText.NamesIn(string.Concat(Enumerable.Repeat("@ana ", 1_000)), 50));
    }
}
