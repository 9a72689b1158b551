using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>Constructs that the code avoids.</summary>
[TestClass]
public sealed partial class CodeTests
{
    [TestMethod]
    public void ReadsTheTimeFromATimeProvider() => In(Repository.Product, Clock())
        .AssertNone("Read the time from a TimeProvider:");

    [TestMethod]
    public void WaitsForEventsAndTimers() => In(Repository.Product, Sleep())
        .AssertNone("Wait for an event, or for a timer of a TimeProvider:");

    [TestMethod]
    public void AwaitsTasks() => In(Repository.Product, Blocking())
        .AssertNone("Await instead of blocking a thread. If this is not a task, rename the property:");

    [TestMethod]
    public void SwallowsNoException() => Repository.Product.SelectMany(file => file.Places(file.Marked, EmptyCatch()))
        .AssertNone("An empty catch hides bugs. Handle the exception, or say in a comment why there is nothing to do:");

    [TestMethod]
    [DataRow("NLog", "^Chat\\.Daemon/Diagnostics/LogFile\\.cs$", DisplayName = "Only LogFile.cs names NLog")]
    public void NamesALibraryInOnePlace(string library, string place) =>
        In(Repository.Product.Where(file => !Regex.IsMatch(file.Path, place)), new Regex($@"\b(?:{library}\b|\w+\.{library}\b)"))
            .AssertNone($"Only {place} may name {library}:");

    private static IEnumerable<string> In(IEnumerable<SourceFile> files, Regex pattern) =>
        files.SelectMany(file => file.Places(file.Code, pattern));

    [GeneratedRegex(@"\bDateTime(?:Offset)?\s*\.\s*(?:UtcNow|Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\.\s*Result\b(?!\s*[<(])|\.GetAwaiter\(\)\s*\.\s*GetResult\b")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bcatch\b[^{};]*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
