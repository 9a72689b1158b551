using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Chat.House.Tests;

/// <summary>Who may know whom among the projects.</summary>
[TestClass]
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Chat.Protocol"] = [],
        ["Chat.Abstractions"] = [],
        ["Chat.Generators"] = [],
        ["Chat.Client"] = ["Chat.Protocol"],
        ["Chat.Daemon"] = ["Chat.Protocol", "Chat.Abstractions"],
        ["Chat.Testing"] = ["Chat.Protocol", "Chat.Abstractions", "Chat.Daemon"],
        ["Chat.Templates"] = [],
        ["Chat.Cli"] = ["Chat.Client"],
        ["Chat.LoadTest"] = ["Chat.Client"],
    };

    /// <summary>Packages of the projects that others build on; the rest take what they need.</summary>
    private static readonly Dictionary<string, string> MayUse = new()
    {
        ["Chat.Protocol"] = "^$",
        ["Chat.Abstractions"] = "^$",
        ["Chat.Generators"] = @"^Microsoft\.CodeAnalysis\.",
        ["Chat.Client"] = @"^Microsoft\.Extensions\..+\.Abstractions$",
        ["Chat.Testing"] = "^$",
    };

    /// <summary>What lies in a template becomes a project elsewhere.</summary>
    private static IEnumerable<SourceFile> Projects => Repository.Files.Where(f => f.Extension == ".csproj" && !f.Path.StartsWith("templates/chat-plugin/", StringComparison.Ordinal));

    [TestMethod]
    public void KnowOnlyWhomTheyMay() => Projects.Where(p => !IsTest(p)).SelectMany(project =>
            References(project).Except(Allowed(project) ?? []).Select(r => $"{project.Path} knows {r}"))
        .AssertNone("A project may know only those that the table in this test allows.");

    [TestMethod]
    public void AreInTheTable() => Projects.Where(p => !IsTest(p) && Allowed(p) is null).Select(p => p.Path)
        .AssertNone("A new project goes into the table in this test, with whom it may know.");

    [TestMethod]
    public void UseOnlyThePackagesTheyMay() => Projects.Where(p => MayUse.ContainsKey(NameOf(p))).SelectMany(project => Elements(project, "PackageReference")
            .Where(e => (string?)e.Attribute("PrivateAssets") != "all")
            .Select(e => (string?)e.Attribute("Include") ?? "").Where(package => !Regex.IsMatch(package, MayUse[NameOf(project)]))
            .Select(package => $"{project.Path} uses {package}"))
        .AssertNone("What others build on brings few packages along.");

    [TestMethod]
    public void ReferToProjectsThatExist() => Projects.SelectMany(project => Elements(project, "ProjectReference").Select(PathOf)
            .Where(r => !r.Contains('*', StringComparison.Ordinal) && !File.Exists(Path.Combine(Path.GetDirectoryName(project.FullName)!, r))).Select(r => $"{project.Path}: {r}"))
        .AssertNone("A reference leads nowhere.");

    [TestMethod]
    public void AreInTheSolution()
    {
        var listed = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "Chat.sln")), @"""([^""]+\.csproj)""").Select(m => m.Groups[1].Value.Replace('\\', '/')).ToHashSet();
        Projects.Select(p => p.Path).Where(p => !listed.Contains(p) && !IsFixture(p)).AssertNone("Not in Chat.sln (dotnet sln add …):");
        listed.Except(Projects.Select(p => p.Path)).AssertNone("In Chat.sln, but not there:");
    }

    [TestMethod]
    public void TakeTheirVersionsFromOnePlace() => Projects.SelectMany(project => Elements(project, "PackageReference")
            .Where(e => e.Attribute("Version") is not null || e.Attribute("VersionOverride") is not null).Select(e => $"{project.Path}: {(string?)e.Attribute("Include")}"))
        .AssertNone("Versions of packages stand in Directory.Packages.props.");

    [TestMethod]
    public void HaveTheirLockFiles() => Projects.Where(p => !IsFixture(p.Path) && !File.Exists(Path.Combine(Path.GetDirectoryName(p.FullName)!, "packages.lock.json"))).Select(p => p.Path)
        .AssertNone("packages.lock.json is missing (dotnet restore writes it).");

    private static string[]? Allowed(SourceFile project) => project.Path.StartsWith("Plugins/", StringComparison.Ordinal) ? ["Chat.Abstractions"] : MayKnow.GetValueOrDefault(NameOf(project));

    /// <summary>References that bring types along; an analyzer, or one that only orders the build, does not.</summary>
    private static IEnumerable<string> References(SourceFile project) => Elements(project, "ProjectReference")
        .Where(e => (string?)e.Attribute("ReferenceOutputAssembly") != "false" && (string?)e.Attribute("OutputItemType") != "Analyzer" && e.Attribute("Carry") is null)
        .Select(e => Path.GetFileNameWithoutExtension(PathOf(e)));

    private static IEnumerable<XElement> Elements(SourceFile project, string name) => XDocument.Parse(project.Text).Descendants().Where(e => e.Name.LocalName == name);

    private static string PathOf(XElement reference) => ((string?)reference.Attribute("Include") ?? "").Replace('\\', '/');

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);

    private static bool IsTest(SourceFile project) => project.Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Projects deeper within a test's folder are built by that test.</summary>
    private static bool IsFixture(string path) => path.StartsWith("tests/", StringComparison.Ordinal) && path.Count(c => c == '/') > 2;
}
