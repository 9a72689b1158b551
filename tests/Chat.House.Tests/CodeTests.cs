using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>What the code does without.</summary>
[TestClass]
public sealed partial class CodeTests
{
    private const int MostLines = 400;

    [TestMethod]
    public void AsksATimeProviderForTheTime() => In(Repository.Product, Clock()).AssertNone("The time comes from a TimeProvider.");

    [TestMethod]
    public void WaitsForEvents() => In(Repository.Product, Sleep()).AssertNone("Wait for an event, or for a TimeProvider's timer.");

    [TestMethod]
    public void AwaitsTasks() => In(Repository.Product, Blocking()).AssertNone("Await instead of blocking a thread (or give the property another name).");

    [TestMethod]
    public void SwallowsNoException() => Repository.Product.SelectMany(f => f.Places(f.Marked, EmptyCatch())).AssertNone("An empty catch hides bugs; where nothing is to be done, a comment says why.");

    [TestMethod]
    [DataRow("NLog", "^Chat\\.Daemon/Program\\.cs$", DisplayName = "NLog is named in Program.cs only")]
    [DataRow("Orleans", "^Chat\\.Daemon/Cluster/", DisplayName = "Orleans is named in Cluster only")]
    public void KeepsAChoiceInOnePlace(string name, string place) =>
        In(Repository.Product.Where(f => !Regex.IsMatch(f.Path, place)), new Regex($@"\b(?:{name}\b|\w+\.{name}\b)")).AssertNone($"{name} is named only in {place}.");

    [TestMethod]
    public void HasNoLongFiles() => Repository.Files.Where(f => f.Extension is ".cs" or ".js" or ".ts" or ".css" or ".html" or ".sh")
        .Select(f => (f.Path, Lines: f.Text.AsSpan().TrimEnd('\n').Count('\n') + 1)).Where(f => f.Lines > MostLines).Select(f => $"{f.Path}: {f.Lines}")
        .AssertNone($"A file has at most {MostLines} lines: split it by idea.");

    private static IEnumerable<string> In(IEnumerable<SourceFile> files, Regex pattern) => files.SelectMany(f => f.Places(f.Code, pattern));

    [GeneratedRegex(@"\bDateTime(?:Offset)?\s*\.\s*(?:UtcNow|Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\.\s*Result\b(?!\s*[<(])|\.GetAwaiter\(\)\s*\.\s*GetResult\b")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bcatch\b[^{};]*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
