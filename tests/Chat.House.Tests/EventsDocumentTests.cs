using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>Operators rely on the names of events: each is declared and unique, and docs/operate.md agrees with the code.</summary>
[TestClass]
public sealed partial class EventsDocumentTests
{
    [TestMethod]
    public void EveryEventHasANameAndAnId() => LoggedEvent.OfTheDaemon
        .Where(logged => logged.Name.Length == 0 || logged.Id.Length == 0)
        .Select(logged => $"{logged.Path}: {logged.Name} {logged.Id}")
        .AssertNone("A [LoggerMessage] has an EventId and an EventName. These lack one:");

    [TestMethod]
    public void NamesAndIdsAreUnique() => LoggedEvent.OfTheDaemon
        .SelectMany(logged => new[] { (Key: logged.Name, logged), (Key: logged.Id, logged) })
        .Where(entry => entry.Key.Length > 0)
        .GroupBy(entry => entry.Key)
        .Where(group => group.Count() > 1)
        .Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => $"{entry.logged.Name} in {entry.logged.Path}"))}")
        .AssertNone("Two events share a name or an id:");

    [TestMethod]
    public void TheTableIsTheCodes()
    {
        var path = Path.Combine(Repository.Root, "docs", "operate.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var events = LoggedEvent.OfTheDaemon.ToLookup(logged => logged.Name);
        var rows = Row().Matches(text);
        var changes = rows
            .Select(row => (
                Old: row.Value,
                New: RowOf(events[row.Groups["name"].Value].FirstOrDefault(), row.Groups["meaning"].Value)))
            .Where(row => row.Old != row.New)
            .ToList();
        if (Environment.GetEnvironmentVariable("CHAT_WRITE_DOCS") == "1")
        {
            foreach (var (old, wanted) in changes) text = text.Replace(old, wanted ?? old, StringComparison.Ordinal);
            File.WriteAllText(path, text);
        }
        changes.Select(row => $"{row.Old} should be {row.New ?? "gone: the code has no such event"}")
            .AssertNone("Run the tests once with CHAT_WRITE_DOCS=1 to write the events of docs/operate.md anew.");
        Assert.IsGreaterThan(20, rows.Count);
    }

    private static string? RowOf(LoggedEvent? logged, string meaning) =>
        logged is null ? null : $"| `{logged.Name}` | {logged.Id} | {logged.Level} | {Properties(logged)} | {meaning} |";

    private static string Properties(LoggedEvent logged) =>
        logged.Properties.Count == 0 ? "–" : string.Join(", ", logged.Properties.Distinct().Select(property => $"`{property}`"));

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \| \d* \| [a-z]* \| [^|]* \| (?<meaning>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
