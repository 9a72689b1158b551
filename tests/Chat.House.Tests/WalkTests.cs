using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>The walks of ARCHITECTURE.md name files that exist, and have as many as they say.</summary>
[TestClass]
public sealed partial class WalkTests
{
    private static readonly HashSet<string> Names = [.. Repository.Product.Select(file => Path.GetFileNameWithoutExtension(file.Name))];

    private static IEnumerable<Match> Walks =>
        Walk().Matches(Repository.Files.Single(file => file.Path == "ARCHITECTURE.md").Text);

    [TestMethod]
    public void HaveAsManyFilesAsTheySay()
    {
        Assert.IsNotEmpty(Walks);
        Walks.Where(walk => int.Parse(walk.Groups["count"].Value, CultureInfo.InvariantCulture) != FilesOf(walk).Distinct().Count())
            .Select(walk => $"{walk.Groups["name"].Value}: {FilesOf(walk).Distinct().Count()} files")
            .AssertNone("The counts of these walks in ARCHITECTURE.md differ from their lists:");
    }

    [TestMethod]
    public void NameFilesThatExist() => Walks.SelectMany(FilesOf).Where(name => !Names.Contains(name))
        .AssertNone("The walks in ARCHITECTURE.md name files that do not exist:");

    [TestMethod]
    public void TheDecisionCountsTheSame()
    {
        var decision = Repository.Files.Single(file => file.Path.StartsWith("docs/decisions/0016-", StringComparison.Ordinal)).Text;
        var files = Walks.ToDictionary(walk => walk.Groups["name"].Value, walk => FilesOf(walk).ToHashSet());
        var shared = files["In and out"];
        foreach (var (name, count) in new[] { ("A message", "a message passes {0} files"), ("A `/kick`", "a `/kick` {0}") })
            Assert.Contains(string.Format(CultureInfo.InvariantCulture, count, files[name].Union(shared).Count()), decision);
    }

    private static IEnumerable<string> FilesOf(Match walk) =>
        Name().Matches(walk.Groups["files"].Value).Select(name => name.Groups[1].Value);

    [GeneratedRegex(@"^\*\*(?<name>[^*]+)\*\*, (?<count>\d+) (more )?files(?<files>.*)$", RegexOptions.Multiline)]
    private static partial Regex Walk();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
