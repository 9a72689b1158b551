using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>A clone works anywhere: nothing in it names the machine or the feed that it was made with.</summary>
[TestClass]
public sealed partial class PlaceTests
{
    private static readonly string[] Binary = [".png", ".ico", ".snk", ".woff", ".woff2", ".jpg", ".gif", ".webp", ".dll", ".pfx", ".gz", ".zip", ".db"];

    private static IEnumerable<SourceFile> Texts => Repository.Files.Where(f => !Binary.Contains(f.Extension));

    [TestMethod]
    public void NamesNoFeed()
    {
        Texts.SelectMany(f => f.Places(f.Text, Feed())).AssertNone("Where packages come from is the builder's choice.");
        Repository.Files.Where(f => f.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).Select(f => f.Path).AssertNone("Where packages come from is the builder's choice.");
    }

    [TestMethod]
    public void NamesNoFolderOfAMachine() => Texts.SelectMany(f => f.Places(f.Text, Folder())).AssertNone("Paths are relative to the repository, or the operator's to choose.");

    [TestMethod]
    public void NamesNotTheFolderThatItLiesIn()
    {
        var root = Repository.Root.Replace('\\', '/');
        if (root.Count(c => c == '/') < 2) return; // too short to be anybody's in particular
        Texts.Where(f => f.Text.Contains(root + "/", StringComparison.Ordinal)).Select(f => f.Path).AssertNone($"These name {root}.");
    }

    [TestMethod]
    public void EndsItsLinesInOneWay() => Texts.Where(f => f.Extension != ".sln" && f.Text.Contains('\r')).Select(f => f.Path).AssertNone("Lines end with LF.");

    // The gallery's pages for people may be linked to.
    [GeneratedRegex("""https?://(?!www\.nuget\.org/)[^\s"'<>/]*(?:nuget|registry|artifactory|nexus|proget|pypi|npmjs)[^\s"'<>/]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Feed();

    [GeneratedRegex("""(?<![\w.\-/~$}>])/(?:work|root|home/\w+|Users/\w+)/|\b[A-Z]:\\Users\\""")]
    private static partial Regex Folder();
}
