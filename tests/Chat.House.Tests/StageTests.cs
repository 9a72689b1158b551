using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>The folders of the daemon are stages, and each uses only the stages that the table allows.</summary>
[TestClass]
public sealed class StageTests
{
    private static readonly string[] OfAll = ["Configuration", "Diagnostics"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Configuration"] = [],
        ["Diagnostics"] = [],
        ["Transport"] = [],
        ["History"] = [],
        ["Delivery"] = ["Transport", "History"],
        ["Accounts"] = ["History"],
        ["Rooms"] = ["Delivery", "History", "Transport"],
        ["Hooks"] = [],
        ["Commands"] = ["Hooks", "Rooms", "Accounts", "History", "Delivery"],
        ["Sessions"] = ["Transport", "Commands", "Hooks", "Rooms", "History", "Delivery", "Accounts", "Cluster"],
        ["Plugins"] = ["Commands", "Hooks", "Rooms", "Accounts", "History", "Delivery"],
        ["Web"] = [],
        ["Cluster"] = ["Rooms", "History", "Delivery"],
        // The subcommands compose and check every stage; no stage uses them.
        ["CommandLine"] =
            ["Transport", "History", "Delivery", "Accounts", "Rooms", "Commands", "Hooks", "Sessions", "Plugins", "Web", "Cluster"],
    };

    private static readonly List<SourceFile> Files = [.. Repository.Product.Where(file => StageOf(file) is not null)];

    private static readonly ILookup<string, string> Types = Files
        .SelectMany(file => CodeText.TypesIn(file.Code).Select(type => (Stage: StageOf(file)!, Type: type)))
        .ToLookup(found => found.Stage, found => found.Type);

    [TestMethod]
    public void AreInTheTable() => Files.Select(file => StageOf(file)!).Distinct().Where(stage => !MayUse.ContainsKey(stage))
        .AssertNone("Add these folders of Chat.Daemon to the table in this test, with the folders that they may use:");

    [TestMethod]
    public void UseOnlyAllowedStages() => Files
        .SelectMany(file => Used(file).Distinct().Where(used => !May(StageOf(file)!, used)).Select(used => $"{file.Path} uses {used}"))
        .AssertNone("The table in this test does not allow these folders of Chat.Daemon to use each other:");

    [TestMethod]
    public void AreTheirNamespaces() => Files
        .SelectMany(file => Regex.Matches(file.Code, @"\bnamespace\s+([\w.]+)").Select(match => match.Groups[1].Value)
            .Where(space => space != string.Join('.', file.Path.Split('/')[..^1]))
            .Select(space => $"{file.Path}: {space}"))
        .AssertNone("A file's namespace is its folder; here it is not:");

    [TestMethod]
    public void AreNamedWhereTheyAreUsed()
    {
        const string rule = "A using for the whole project hides which file depends on which stage:";
        var globalUsing = new Regex(@"\bglobal\s+using\s+(static\s+)?Chat\.Daemon\.[\w.]+");
        Repository.Product.Where(file => file.Path.StartsWith("Chat.Daemon/", StringComparison.Ordinal))
            .SelectMany(file => file.Places(file.Code, globalUsing)).AssertNone(rule);
        Repository.Files.Where(file => file.Path == "Chat.Daemon/Chat.Daemon.csproj")
            .SelectMany(file => file.Places(file.Text, new Regex(@"<Using\s+Include=""Chat\.Daemon\.[\w.]+"))).AssertNone(rule);
    }

    [TestMethod]
    public void TheTableHasNoCycle()
    {
        var done = new HashSet<string>();
        while (MayUse.Keys.FirstOrDefault(stage => !done.Contains(stage) && MayUse[stage].All(done.Contains)) is { } next) done.Add(next);
        MayUse.Keys.Except(done).AssertNone("These folders depend on each other in a cycle:");
    }

    private static bool May(string stage, string used) =>
        stage == used || OfAll.Contains(used) || MayUse.GetValueOrDefault(stage, []).Contains(used);

    /// <summary>Stages named in full, and stages named as <c>Folder.Type</c>.</summary>
    private static IEnumerable<string> Used(SourceFile file)
    {
        var full = Regex.Matches(file.Code, @"\bChat\s*\.\s*Daemon\s*\.\s*(\w+)").Select(match => match.Groups[1].Value);
        var partial = Regex.Matches(file.Code, @"(?<![\w.])(\w+)\.(\w+)")
            .Where(match => Types[match.Groups[1].Value].Contains(match.Groups[2].Value)).Select(match => match.Groups[1].Value);
        return full.Where(MayUse.ContainsKey).Concat(partial);
    }

    /// <summary>The first folder below <c>Chat.Daemon</c>. Null for files directly in it, and for other projects.</summary>
    private static string? StageOf(SourceFile file) => file.Path.Split('/') is ["Chat.Daemon", var stage, _, ..] ? stage : null;
}
