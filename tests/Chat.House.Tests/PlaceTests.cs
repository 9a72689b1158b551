using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>A clone works anywhere: no file names the machine or the package feed it was made with.</summary>
[TestClass]
public sealed partial class PlaceTests
{
    private static readonly string[] Binary =
        [".png", ".ico", ".snk", ".woff", ".woff2", ".jpg", ".gif", ".webp", ".dll", ".pfx", ".gz", ".zip", ".db", ".input"];

    private static IEnumerable<SourceFile> Texts => Repository.Files.Where(file => !Binary.Contains(file.Extension));

    [TestMethod]
    public void NamesNoFeed()
    {
        const string rule = "The builder chooses the package feed; do not name one:";
        Texts.SelectMany(file => file.Places(file.Text, Feed())).AssertNone(rule);
        Repository.Files.Where(file => file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).Select(file => file.Path)
            .AssertNone(rule);
    }

    [TestMethod]
    public void NamesNoFolderOfAMachine() => Texts.SelectMany(file => file.Places(file.Text, Folder()))
        .AssertNone("Use a path relative to the repository, or let the operator choose it:");

    [TestMethod]
    public void DoesNotNameItsOwnFolder()
    {
        var root = Repository.Root.Replace('\\', '/');
        if (root.Count(c => c == '/') < 2) return; // such a short path may occur anywhere
        Texts.Where(file => file.Text.Contains(root + "/", StringComparison.Ordinal)).Select(file => file.Path)
            .AssertNone($"These files name {root}:");
    }

    [TestMethod]
    public void EndsLinesWithLineFeeds() => Texts.Where(file => file.Extension != ".sln" && file.Text.Contains('\r'))
        .Select(file => file.Path)
        .AssertNone("End lines with LF, not CR LF:");

    // A link to the gallery's website is fine.
    [GeneratedRegex(
        """https?://(?!www\.nuget\.org/)[^\s"'<>/]*(?:nuget|registry|artifactory|nexus|proget|pypi|npmjs)[^\s"'<>/]*""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Feed();

    [GeneratedRegex("""(?<![\w.\-/~$}>])/(?:work|root|home/\w+|Users/\w+)/|\b[A-Z]:\\Users\\""")]
    private static partial Regex Folder();
}
