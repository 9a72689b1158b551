using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>The folders of the daemon are the stages of a message's path; this is the direction between them.</summary>
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
        // The sub-commands compose and check all of it, as the files beside the folders do; nobody uses them.
        ["CommandLine"] = ["Transport", "History", "Delivery", "Accounts", "Rooms", "Commands", "Hooks", "Sessions", "Plugins", "Web", "Cluster"],
    };

    private static readonly List<SourceFile> Files = [.. Repository.Product.Where(f => StageOf(f) is not null)];

    private static readonly ILookup<string, string> Types = Files.SelectMany(f => CodeText.TypesIn(f.Code).Select(t => (Stage: StageOf(f)!, Type: t))).ToLookup(t => t.Stage, t => t.Type);

    [TestMethod]
    public void AreInTheTable() => Files.Select(f => StageOf(f)!).Distinct().Where(s => !MayUse.ContainsKey(s))
        .AssertNone("A new folder of Chat.Daemon goes into the table in this test, with what it may use.");

    [TestMethod]
    public void UseOnlyWhatTheyMay() => Files.SelectMany(file => Used(file).Distinct().Where(used => !May(StageOf(file)!, used)).Select(used => $"{file.Path} uses {used}"))
        .AssertNone("A folder of Chat.Daemon may use only those that the table in this test allows.");

    [TestMethod]
    public void AreTheirNamespaces() => Files.SelectMany(file => Regex.Matches(file.Code, @"\bnamespace\s+([\w.]+)").Select(m => m.Groups[1].Value)
            .Where(space => space != "Chat.Daemon." + Path.GetDirectoryName(file.Path)!.Replace('\\', '/')["Chat.Daemon/".Length..].Replace('/', '.')).Select(space => $"{file.Path}: {space}"))
        .AssertNone("A file's namespace is its folder.");

    [TestMethod]
    public void AreNamedWhereTheyAreUsed()
    {
        Repository.Product.Where(f => f.Path.StartsWith("Chat.Daemon/", StringComparison.Ordinal)).SelectMany(f => f.Places(f.Code, new Regex(@"\bglobal\s+using\s+(static\s+)?Chat\.Daemon\.[\w.]+")))
            .AssertNone("A global using hides the direction.");
        Repository.Files.Where(f => f.Path == "Chat.Daemon/Chat.Daemon.csproj" && Regex.IsMatch(f.Text, @"<Using\s+Include=""Chat\.Daemon\.")).Select(f => f.Path)
            .AssertNone("A using for the whole project hides the direction.");
    }

    [TestMethod]
    public void TheTableHasNoCircle()
    {
        var done = new HashSet<string>();
        while (MayUse.Keys.FirstOrDefault(s => !done.Contains(s) && MayUse[s].All(done.Contains)) is { } next) done.Add(next);
        MayUse.Keys.Except(done).AssertNone("These use each other:");
    }

    private static bool May(string stage, string used) => stage == used || OfAll.Contains(used) || MayUse.GetValueOrDefault(stage, []).Contains(used);

    /// <summary>Stages named in full, and those named from within <c>Chat.Daemon</c> by folder and type.</summary>
    private static IEnumerable<string> Used(SourceFile file) =>
        Regex.Matches(file.Code, @"\bChat\s*\.\s*Daemon\s*\.\s*(\w+)").Select(m => m.Groups[1].Value).Where(MayUse.ContainsKey)
            .Concat(Regex.Matches(file.Code, @"(?<![\w.])(\w+)\.(\w+)").Where(m => Types[m.Groups[1].Value].Contains(m.Groups[2].Value)).Select(m => m.Groups[1].Value));

    /// <summary>The first folder below the daemon's; null for the files beside it, which compose all, and for other projects.</summary>
    private static string? StageOf(SourceFile file) => file.Path.Split('/') is ["Chat.Daemon", var stage, _, ..] ? stage : null;
}
