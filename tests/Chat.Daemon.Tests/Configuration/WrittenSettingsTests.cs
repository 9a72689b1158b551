using Chat.Daemon.Configuration;
using Chat.Daemon.Tests.CommandLine;

namespace Chat.Daemon.Tests.Configuration;

/// <summary>The document and the template match the declarations in the code.</summary>
[TestClass]
public sealed class WrittenSettingsTests
{
    [TestMethod]
    public void TheDocumentMatchesTheCode()
    {
        var path = Path.Combine(Root(), "docs", "configuration.md");
        if (Environment.GetEnvironmentVariable("CHAT_WRITE_DOCS") == "1")
            File.WriteAllText(path, SettingsDocument.Write());
        Assert.AreEqual(
            SettingsDocument.Write(), File.ReadAllText(path).ReplaceLineEndings("\n"),
            "Run the tests once with CHAT_WRITE_DOCS=1 to rewrite docs/configuration.md.");
    }

    [TestMethod]
    public void TheTemplateSetsEverySettingToItsDefault()
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("chatd.json", SettingsTemplate.Write(SettingTexts.English));
        var template = ChatOptions.Read([new SettingsFile(file, Required: true).Load(SettingTexts.English)!], SettingTexts.English);
        var defaults = ChatOptions.Read([], SettingTexts.English);

        Assert.IsEmpty(template.Problems);
        CollectionAssert.AreEqual(
            defaults.Values.Select(value => $"{value.Key}={value.Shown}").ToList(),
            template.Values.Select(value => $"{value.Key}={value.Shown}").ToList());
        Assert.IsTrue(template.Values.Where(value => value.Texts.Count > 0).All(value => value.Source == file));
    }

    [TestMethod]
    public void TheTemplateIsPlainJsonWithoutItsComments()
    {
        var lines = SettingsTemplate.Write(SettingTexts.English).Split('\n')
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
        using var parsed = System.Text.Json.JsonDocument.Parse(string.Join('\n', lines));
        Assert.AreEqual(10, parsed.RootElement.GetProperty("Chat").GetProperty("Limits").GetProperty("MessagesPerSecond").GetInt32());
    }

    [TestMethod]
    public void TheTemplateExplainsEverySetting()
    {
        var template = SettingsTemplate.Write(SettingTexts.English);
        foreach (var setting in SettingTree.All)
        {
            StringAssert.Contains(template, setting.Reason);
            StringAssert.Contains(template, setting.RangeInWords);
        }
    }

    [TestMethod]
    public void EverySettingIsTranslated()
    {
        var translated = SettingTranslations.In("pt-BR");
        CollectionAssert.AreEquivalent(
            SettingTree.All.Select(setting => setting.Key).ToList(), translated.Keys.ToList(),
            "Settings.pt-BR.json must have exactly the declared settings.");
        foreach (var (setting, words) in SettingTree.All.Select(setting => (setting, translated[setting.Key])))
        {
            Assert.AreEqual(setting.Unit.Length > 0, words.Unit is { Length: > 0 }, $"The unit of {setting.Key}");
            Assert.AreNotEqual(setting.Reason, words.Reason);
            Assert.IsTrue(words.Reason.EndsWith('.'), setting.Key);
            Assert.AreEqual(Sentences(setting.Reason), Sentences(words.Reason), $"A language says more than the other about {setting.Key}");
        }
    }

    [TestMethod]
    public void EverySettingIsDeclaredOnceWithAReason()
    {
        CollectionAssert.AllItemsAreUnique(SettingTree.All.Select(setting => setting.Key.ToUpperInvariant()).ToList());
        Assert.IsTrue(SettingTree.All.All(setting => setting.Key.StartsWith("Chat:", StringComparison.Ordinal)));
        Assert.IsTrue(SettingTree.All.All(setting => setting.Reason.EndsWith('.')));
    }

    private static int Sentences(string text) => text.Split(". ").Length;

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Chat.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return folder.FullName;
    }
}
