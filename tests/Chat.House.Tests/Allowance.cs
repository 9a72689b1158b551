namespace Chat.House.Tests;

/// <summary>Names that may still break a rule, one a line in <c>Allowed/RULE.txt</c>. A list only gets shorter.</summary>
internal static class Allowance
{
    private const string Folder = "tests/Chat.House.Tests/Allowed";

    /// <summary>Fails on a violation that the list does not allow, and on a list that allows more than it must.</summary>
    public static void AssertAllowed(this IEnumerable<Violation> violations, string list, string rule)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, Folder, list));
        var found = violations.ToList();
        found.Where(violation => !lines.Contains(violation.Name)).Select(violation => violation.Place).AssertNone(rule);
        List<string> needed = [.. lines.Intersect(found.Select(violation => violation.Name)).Order(StringComparer.Ordinal)];
        if (needed.SequenceEqual(lines)) return;
        var shorter = Path.Combine(AppContext.BaseDirectory, list);
        File.WriteAllLines(shorter, needed);
        Assert.Fail($"""
            {list} allows more than it must. Shorten it: cp '{shorter}' {Folder}/{list}
            {string.Join('\n', lines.Except(needed))}
            """);
    }
}
