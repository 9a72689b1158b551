using System.Text.RegularExpressions;
using Chat.Generators.Reporting;

namespace Chat.Generators.Tests;

/// <summary>docs/diagnostics.md describes every rule, with examples that behave as it says.</summary>
[TestClass]
public sealed partial class DocumentTests
{
    private static readonly Dictionary<string, string[]> Sections = Section()
        .Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diagnostics.md")).ReplaceLineEndings("\n"))
        .ToDictionary(
            s => s.Groups["id"].Value, s => Block().Matches(s.Groups["text"].Value).Select(b => b.Groups["code"].Value).ToArray());

    public static IEnumerable<object[]> Ids => Sections.Keys.Select(id => new object[] { id });

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void EveryRuleHasASection()
    {
        var rules = typeof(Rules).GetFields().Select(f => f.GetValue(null)).OfType<Microsoft.CodeAnalysis.DiagnosticDescriptor>()
            .Select(r => r.Id).Distinct();
        Assert.AreSequenceEqual(rules.Order(), Sections.Keys);
    }

    [TestMethod]
    [DynamicData(nameof(Ids))]
    public async Task TheFirstExampleIsReportedTheSecondIsNot(string id)
    {
        var (bad, good) = (Sections[id][0], Sections[id][1]);
        Assert.AreEqual(id, string.Join(' ', (await RunAsync(bad)).Select(d => d.Split(' ')[0])));
        Assert.IsEmpty(await RunAsync(good));
    }

    private Task<string[]> RunAsync(string code) =>
        Analysis.RunAsync(
            code.Contains(" class ", StringComparison.Ordinal) ? code : Snippet.Commands(code), TestContext.CancellationToken);

    [GeneratedRegex(@"^## (?<id>CHAT\d+)\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
