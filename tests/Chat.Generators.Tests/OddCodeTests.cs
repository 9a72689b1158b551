using System.Text.RegularExpressions;

namespace Chat.Generators.Tests;

/// <summary>
/// Unusual but valid C#: the generator skips exactly the methods that the analyzers report, and the rest compiles and runs.
/// </summary>
[TestClass]
public sealed partial class OddCodeTests
{
    private static readonly string Made = Read("Made.cs.txt"), Refused = Read("Refused.cs.txt");

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task AGeneratedCommandIsNotReported()
    {
        using var plugin = LoadedPlugin.From(Made);
        Assert.AreSequenceEqual(NamesIn(Made).Order(StringComparer.Ordinal), plugin.Names.Order(StringComparer.Ordinal));
        Assert.AreEqual("", string.Join('\n', await Analysis.RunAsync(Made, TestContext.CancellationToken)));
    }

    [TestMethod]
    public async Task AGeneratedCommandRuns()
    {
        using var plugin = LoadedPlugin.From(Made);
        foreach (var name in NamesIn(Made)) Assert.AreEqual(name, ((CommandResult.Reply)await plugin.RunAsync(name)).Text);
    }

    [TestMethod]
    public void RestrictionsAreGenerated()
    {
        using var plugin = LoadedPlugin.From(Made);
        var guarded = plugin["ok-guarded"];
        Assert.AreEqual(new CommandPolicy { Permission = "odd", DefaultRole = Role.Admin, Audit = true, Hidden = true }, guarded.Policy);
        Assert.AreEqual((true, 5d), (guarded.Parameters[0].Secret, guarded.Parameters[1].Max));
    }

    [TestMethod]
    public async Task AReportedCommandIsNotGenerated()
    {
        Assert.IsEmpty(Snippet.Generate(Refused).Sources);
        var reported = (await Analysis.ErrorPlacesAsync(Refused, TestContext.CancellationToken))
            .Select(
                place => Command().Matches(Refused[..place]).Select(m => (Place: m.Index, Name: m.Groups[1].Value)).LastOrDefault().Name);
        Assert.AreSequenceEqual(NamesIn(Refused).Order(StringComparer.Ordinal), reported.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> NamesIn(string source) => Command().Matches(source).Select(m => m.Groups[1].Value);

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "odd", file));

    [GeneratedRegex("""\[Command\("([^"]+)"\)""")]
    private static partial Regex Command();
}
