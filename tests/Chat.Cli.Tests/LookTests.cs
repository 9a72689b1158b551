using Chat.Cli.Terminal;
using Chat.Protocol;

namespace Chat.Cli.Tests;

/// <summary>Colours, notifications and emoji names.</summary>
[TestClass]
public sealed class LookTests
{
    [TestMethod]
    public void NamesAreReadableOnBlackAndOnWhite()
    {
        foreach (var colour in Palette.Names)
        {
            var light = LuminanceOf(colour);
            Assert.IsGreaterThan(3, (light + 0.05) / 0.05, $"{colour} on black");
            Assert.IsGreaterThan(3, 1.05 / (light + 0.05), $"{colour} on white");
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ANotificationIsOneSequence(bool hasTitle)
    {
        var by = hasTitle ? NotifyBy.Osc777 : NotifyBy.Osc9;
        var sequence = Notification.Sequence(by, "ana\a", "oi\e]0;x\a\u009C;\n" + string.Concat(Enumerable.Repeat("😀", 200)));
        Assert.AreEqual(1, sequence.Count(c => c == '\a'), "Only the last character ends it.");
        Assert.AreEqual('\a', sequence[^1]);
        Assert.AreEqual(1, sequence.Count(c => c == '\e'));
        Assert.DoesNotContain("\u009C", sequence);
        Assert.AreEqual(hasTitle ? 3 : 1, sequence.Count(c => c == ';'));
    }

    [TestMethod]
    public void EveryEmojiNameIsOfAReaction()
    {
        foreach (var (name, emoji) in EmojiNames.ByName) Assert.IsTrue(Emoji.Is(emoji), $"{name} {emoji}");
        Assert.AreEqual("🎉", EmojiNames.Expand(":tada:"));
        Assert.AreEqual(":no:", EmojiNames.Expand(":no:"));
    }

    [TestMethod]
    [DataRow("oi :tad", "🎉", 0)]
    [DataRow("oi :smile:", "😄", 0)]
    [DataRow(":thumbs", ":thumbs", 2)]
    [DataRow("10:30", null, 0)]
    public void EmojiAreCompleted(string line, string? becomes, int choices)
    {
        var completion = EmojiNames.Complete(line, line.LastIndexOf(' ') + 1, line.Length);
        Assert.AreEqual((becomes, choices), (completion?.Text ?? (completion is null ? null : line), completion?.Choices.Count ?? 0));
    }

    /// <summary>As WCAG defines it, of a colour of the 6 × 6 × 6 cube.</summary>
    private static double LuminanceOf(int colour)
    {
        double[] levels = [0, 95, 135, 175, 215, 255];
        var index = colour - 16;
        var parts = new[] { levels[index / 36], levels[index / 6 % 6], levels[index % 6] }.Select(level => level / 255)
            .Select(level => level <= 0.03928 ? level / 12.92 : Math.Pow((level + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}
