using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Chat.House.Tests;

/// <summary>Projects refer only to the projects and packages that the tables here allow.</summary>
[TestClass]
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
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

    /// <summary>Packages allowed for projects that others build on. Any other project may use what it needs.</summary>
    private static readonly Dictionary<string, string> MayUse = new()
    {
        ["Chat.Protocol"] = "^$",
        ["Chat.Abstractions"] = "^$",
        ["Chat.Generators"] = @"^Microsoft\.CodeAnalysis\.",
        ["Chat.Client"] = @"^Microsoft\.Extensions\..+\.Abstractions$",
        ["Chat.Testing"] = "^$",
    };

    /// <summary>Without the template's, which become projects elsewhere.</summary>
    private static IEnumerable<SourceFile> Projects => Repository.Files
        .Where(file => file.Extension == ".csproj" && !file.Path.StartsWith("templates/chat-plugin/", StringComparison.Ordinal));

    [TestMethod]
    public void ReferenceOnlyAllowedProjects() => Projects.Where(project => !IsTest(project))
        .SelectMany(project => References(project).Except(Allowed(project) ?? []).Select(other => $"{project.Path} references {other}"))
        .AssertNone("The table in this test does not allow these references:");

    [TestMethod]
    public void AreInTheTable() => Projects.Where(project => !IsTest(project) && Allowed(project) is null).Select(project => project.Path)
        .AssertNone("Add these projects to the table in this test, with the projects that they may reference:");

    [TestMethod]
    public void UseOnlyAllowedPackages() => Projects.Where(project => MayUse.ContainsKey(NameOf(project)))
        .SelectMany(project => Elements(project, "PackageReference")
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
            .Select(reference => (string?)reference.Attribute("Include") ?? "")
            .Where(package => !Regex.IsMatch(package, MayUse[NameOf(project)]))
            .Select(package => $"{project.Path} uses {package}"))
        .AssertNone("A library brings its packages to everyone who uses it. The table in this test does not allow these:");

    [TestMethod]
    public void ReferenceProjectsThatExist() => Projects
        .SelectMany(project => Elements(project, "ProjectReference").Select(PathOf)
            .Where(path => !path.Contains('*', StringComparison.Ordinal) && !File.Exists(Beside(project, path)))
            .Select(path => $"{project.Path}: {path}"))
        .AssertNone("These references lead to projects that do not exist:");

    [TestMethod]
    public void AreInTheSolution()
    {
        var listed = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "Chat.sln")), @"""([^""]+\.csproj)""")
            .Select(match => match.Groups[1].Value.Replace('\\', '/')).ToHashSet();
        Projects.Select(project => project.Path).Where(path => !listed.Contains(path) && !IsFixture(path))
            .AssertNone("Add these projects to Chat.sln with 'dotnet sln add':");
        listed.Except(Projects.Select(project => project.Path)).AssertNone("Chat.sln lists these projects, but they do not exist:");
    }

    [TestMethod]
    public void LeaveVersionsToOneFile() => Projects
        .SelectMany(project => Elements(project, "PackageReference")
            .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null)
            .Select(reference => $"{project.Path}: {(string?)reference.Attribute("Include")}"))
        .AssertNone("Set the versions of these packages in Directory.Packages.props:");

    [TestMethod]
    public void HaveLockFiles() => Projects
        .Where(project => !IsFixture(project.Path) && !File.Exists(Beside(project, "packages.lock.json")))
        .Select(project => project.Path)
        .AssertNone("Run 'dotnet restore' and commit packages.lock.json; these projects have none:");

    /// <summary>A test that hangs would otherwise hang the whole run.</summary>
    [TestMethod]
    public void OfTestsHaveATimeout() => Projects
        .Where(project => (string?)XDocument.Parse(project.Text).Root!.Attribute("Sdk") == "MSTest.Sdk" && !HasTimeout(project))
        .Select(project => project.Path)
        .AssertNone("Add a testconfig.json with mstest/timeout/test, in milliseconds; these test projects have none:");

    private static bool HasTimeout(SourceFile project) =>
        File.Exists(Beside(project, "testconfig.json"))
        && JsonNode.Parse(File.ReadAllText(Beside(project, "testconfig.json")))?["mstest"]?["timeout"]?["test"]?.GetValue<int>() > 0;

    private static string[]? Allowed(SourceFile project) => project.Path.StartsWith("Plugins/", StringComparison.Ordinal)
        ? ["Chat.Abstractions"]
        : MayReference.GetValueOrDefault(NameOf(project));

    /// <summary>References that make types visible. An analyzer, or a reference that only orders the build, does not.</summary>
    private static IEnumerable<string> References(SourceFile project) => Elements(project, "ProjectReference")
        .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
        .Where(reference => (string?)reference.Attribute("OutputItemType") != "Analyzer" && reference.Attribute("Carry") is null)
        .Select(reference => Path.GetFileNameWithoutExtension(PathOf(reference)));

    private static IEnumerable<XElement> Elements(SourceFile project, string name) =>
        XDocument.Parse(project.Text).Descendants().Where(element => element.Name.LocalName == name);

    private static string Beside(SourceFile project, string path) => Path.Combine(Path.GetDirectoryName(project.FullName)!, path);

    private static string PathOf(XElement reference) => ((string?)reference.Attribute("Include") ?? "").Replace('\\', '/');

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);

    private static bool IsTest(SourceFile project) => project.Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>A project deeper in a test's folder: that test builds it.</summary>
    private static bool IsFixture(string path) => path.StartsWith("tests/", StringComparison.Ordinal) && path.Count(c => c == '/') > 2;
}
