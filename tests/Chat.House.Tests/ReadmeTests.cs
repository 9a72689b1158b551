using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Chat.House.Tests;

/// <summary>The README exists in two languages with the same commands, and the commands work.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private static readonly List<string> English = Blocks("README.md"), Portuguese = Blocks("README.pt-BR.md");

    private static IEnumerable<string> Commands =>
        English.Where(block => block.StartsWith("sh\n", StringComparison.Ordinal)).SelectMany(block => block.Split('\n').Skip(1));

    [TestMethod]
    public void BothHaveTheSameCode()
    {
        CollectionAssert.AreEqual(English, Portuguese);
        Assert.IsNotEmpty(Commands);
    }

    /// <summary>Pasted as one block, the lines after such a command would never run.</summary>
    [TestMethod]
    public void ACommandThatKeepsRunningHasABlockOfItsOwn() => English
        .Where(block => block.StartsWith("sh\n", StringComparison.Ordinal) && block.Split('\n').Length > 2 && RunsOn().IsMatch(block))
        .AssertNone("This command runs until you stop it. Give it a block of its own:");

    [TestMethod]
    public void CommandsNameFilesThatExist() => Commands
        .SelectMany(line => Regex.Matches(line, @"(?<=^\./|--project )\S+").Select(path => path.Value))
        .Where(path => !Path.Exists(Path.Combine(Repository.Root, path)))
        .AssertNone("The README names these scripts or projects, but they do not exist:");

    [TestMethod]
    public void PackagesHaveThisVersion()
    {
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Repository.Files.Where(file => file.Path is "README.md" or "README.pt-BR.md" or "docs/writing-a-plugin.md")
            .SelectMany(file => Package().Matches(file.Text)
                .Where(named => named.Groups["version"].Value != version)
                .Select(named => $"{file.Path}: {named.Value}"))
            .AssertNone($"The packages have version {version}; these name another:");
    }

    /// <summary>The fenced blocks, each with its language as the first line. A block without one shows output.</summary>
    private static List<string> Blocks(string readme) =>
        [.. Fenced().Matches(Repository.Files.Single(file => file.Path == readme).Text.ReplaceLineEndings("\n"))
            .Select(block => block.Groups["code"].Value)
            .Where(code => code[0] != '\n')];

    [GeneratedRegex(@"^```(?<code>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"--project Chat\.(Cli|Daemon)\b(?! -- (sdk|check|config|account|inspect)\b)")]
    private static partial Regex RunsOn();

    [GeneratedRegex(@"Chat\.\w+\.(?<version>\d[\w.-]*?)\.nupkg")]
    private static partial Regex Package();
}
