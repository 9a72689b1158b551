namespace Chat.Protocol.Tests;

[TestClass]
public sealed class EmojiTests
{
    [TestMethod]
    [DataRow("👍")]
    [DataRow("👍🏽")]
    [DataRow("❤️")]
    [DataRow("#️⃣")]
    [DataRow("🇧🇷")]
    [DataRow("🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [DataRow("👩‍❤️‍💋‍👨")]
    [DataRow("🫩")]
    [DataRow("\u2615")] // ☕: shown as emoji by default, so it has no variation selector
    [DataRow("\u26BD")] // ⚽
    public void FullyQualifiedEmojiAreReactions(string text) => Assert.IsTrue(Emoji.Is(text));

    [TestMethod]
    [DataRow("")]
    [DataRow("a")]
    [DataRow("#")]
    [DataRow("❤")]
    [DataRow("👍👍")]
    [DataRow("👍 ")]
    [DataRow("🇧")]
    [DataRow("\u2615\uFE0F")]
    [DataRow("\u26BD\uFE0F")]
    [DataRow("🏽")]
    [DataRow("\u200D")]
    [DataRow("The")]
    public void NothingElseIs(string text) => Assert.IsFalse(Emoji.Is(text));

    [TestMethod]
    public void EveryOneIsWithinTheLimit()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Emoji.txt"))
            .SkipWhile(line => line.StartsWith("# ", StringComparison.Ordinal));
        var all = lines.SelectMany(line => line.Split(' ')).ToList();
        Assert.HasCount(3_944, all);
        Assert.IsLessThanOrEqualTo(ProtocolLimits.EmojiBytes, all.Max(System.Text.Encoding.UTF8.GetByteCount));
    }
}
