using System.Globalization;
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
        foreach (var colour in ColoursOf(ThemeName.Auto))
        {
            var light = LuminanceOf(colour);
            Assert.IsGreaterThan(3, (light + 0.05) / 0.05, $"{colour} on black");
            Assert.IsGreaterThan(3, 1.05 / (light + 0.05), $"{colour} on white");
        }
    }

    [TestMethod]
    public void ThemesForOneBackgroundAreReadableOnIt()
    {
        const double NearlyBlack = 0.0116; // #1c1c1c
        foreach (var colour in ColoursOf(ThemeName.Dark))
            Assert.IsGreaterThan(5, (LuminanceOf(colour) + 0.05) / (NearlyBlack + 0.05), $"{colour} on dark");
        foreach (var colour in ColoursOf(ThemeName.Light))
            Assert.IsGreaterThan(5, 1.05 / (LuminanceOf(colour) + 0.05), $"{colour} on white");
        Assert.IsEmpty(ColoursOf(ThemeName.None));
    }

    [TestMethod]
    public void OwnStylesReplaceThoseOfTheTheme()
    {
        var users = new Dictionary<string, string> { ["BIA"] = "4;35" };
        var settings = new DialogueSettings(new OwnStyles { Error = "1;31", Names = ["38;5;33"], Users = users });
        var palette = new Palette(() => settings.Theme);
        Assert.AreEqual("\e[1;31m!\e[0m", palette.Alarm("!"));
        Assert.AreEqual("\e[2m*\e[0m", palette.Notice("*"));
        Assert.AreEqual("\e[4;35mBia\e[0m \e[38;5;33mana\e[0m", $"{palette.Name("Bia")} {palette.Name("ana")}");
        Assert.IsTrue(settings.TrySet("theme", "dark", null));
        Assert.AreEqual("\e[38;5;245m*\e[0m", palette.Notice("*"));
        Assert.IsTrue(settings.TrySet("theme", "none", null));
        Assert.AreEqual("! Bia »ana", $"{palette.Alarm("!")} {palette.Name("Bia")} {palette.Mention("ana")}");
    }

    [TestMethod]
    [DataRow("bold red", "1;31")]
    [DataRow("underline bright-blue", "4;94")]
    [DataRow("33", "38;5;33")]
    [DataRow("#D75f00", "38;2;215;95;0")]
    [DataRow("plain", "0")]
    [DataRow("256", null)]
    [DataRow("bright-", null)]
    [DataRow("#d75f0", null)]
    [DataRow("31;1", null)]
    [DataRow(" ", null)]
    public void AStyleIsMadeOfWords(string text, string? parameters) =>
        Assert.AreEqual(parameters, Style.TryParse(text, out var parsed) ? parsed : null);

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

    private static IEnumerable<int> ColoursOf(ThemeName theme) =>
        Theme.Named(theme).Names.Select(style => int.Parse(style.Split(';')[^1], CultureInfo.InvariantCulture));

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
