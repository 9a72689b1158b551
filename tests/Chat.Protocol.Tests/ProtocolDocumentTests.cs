using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Chat.Protocol.Tests;

/// <summary><c>docs/protocol.md</c> is the specification: it says all that the code says, and nothing else.</summary>
[TestClass]
public sealed partial class ProtocolDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md"))
        .ReplaceLineEndings("\n");

    [TestMethod]
    public void ClientExamplesAreFrames()
    {
        var lines = Examples(Document, "client").ToList();
        Assert.IsGreaterThan(15, lines.Count);
        foreach (var line in lines) Assert.IsNull(Wire.Client(line).Reason, line);
    }

    [TestMethod]
    public void ExamplesReactWithEmoji()
    {
        var reactions = Examples(Document, "client").Select(line => Wire.Client(line).Frame).OfType<ClientFrame.React>().ToList();
        Assert.IsGreaterThan(1, reactions.Count);
        foreach (var reaction in reactions) Assert.IsTrue(Emoji.Is(reaction.Emoji), reaction.Emoji);
    }

    [TestMethod]
    public void DaemonExamplesMatchTheWriter()
    {
        var lines = Examples(Document, "daemon").ToList();
        Assert.IsGreaterThan(20, lines.Count);
        foreach (var line in lines)
        {
            var result = Wire.Daemon(line);
            Assert.IsNull(result.Reason, line);
            Assert.AreEqual(line, Wire.Line(result.Frame!));
        }
    }

    [TestMethod]
    public void ExamplesHaveADirection() =>
        Assert.AreEqual(Regex.Count(Document, "^```json", RegexOptions.Multiline),
            Regex.Count(Document, "^```json (client|daemon)$", RegexOptions.Multiline));

    [TestMethod]
    public void ClientFramesHaveSections() => AssertSections<ClientFrame>("Client to daemon", "client");

    [TestMethod]
    public void DaemonFramesHaveSections() => AssertSections<DaemonFrame>("Daemon to client", "daemon");

    [TestMethod]
    public void RefusalCodesHaveRows() => AssertRows("Refusals", typeof(RefusalCode), cells: 3);

    [TestMethod]
    public void ByeReasonsHaveRows() => AssertRows("Reasons of bye", typeof(ByeReason), cells: 4);

    [TestMethod]
    public void CommonFieldsAreTypeAndId() =>
        Assert.AreSequenceEqual(["type", "id"], Rows(Section(Document, "##", "Framing")).Select(r => r[0]));

    [TestMethod]
    public void CodesInTheTextExist()
    {
        var codes = ProtocolShape.ConstantsOf(typeof(RefusalCode)).Concat(ProtocolShape.ConstantsOf(typeof(ByeReason)))
            .Concat(ProtocolShape.ConstantsOf(typeof(LeftReason))).ToHashSet();
        var frames = ProtocolShape.TypesOf<ClientFrame>().Concat(ProtocolShape.TypesOf<DaemonFrame>()).ToList();
        var fields = frames.SelectMany(t => ProtocolShape.FieldsOf(t.Value)).SelectMany(f => f.TrimEnd('?').Split("[].", '.')).ToHashSet();
        foreach (var word in SnakeCase().Matches(Document).Select(m => m.Groups[1].Value).Where(word => !frames.Any(f => f.Key == word)))
            Assert.IsTrue(codes.Contains(word) || fields.Contains(word), $"`{word}` is neither a code nor a field");
    }

    [TestMethod]
    public void LimitsAreDocumented()
    {
        var limits = Section(Document, "##", "Limits");
        foreach (var limit in typeof(ProtocolLimits).GetFields().Where(f => f.Name != nameof(ProtocolLimits.Version)))
        {
            var number = ((int)limit.GetRawConstantValue()!).ToString("N0", CultureInfo.InvariantCulture);
            Assert.IsTrue(Regex.IsMatch(limits, $@"(?<!\d|\d,){number}(?!\d|,\d)"), $"{limit.Name} is {number}");
        }
        Assert.Contains($"version {ProtocolLimits.Version}\n", Document);
    }

    [TestMethod]
    public void InternalLinksResolve()
    {
        var anchors = Regex.Matches(Document, "^##+ (.+)$", RegexOptions.Multiline).Select(m =>
            m.Groups[1].Value.Replace("`", "").ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        foreach (var link in Regex.Matches(Document, @"\]\(#([^)]+)\)").Select(m => m.Groups[1].Value))
            Assert.Contains(link, anchors);
    }

    private static void AssertSections<T>(string heading, string direction)
    {
        var part = Section(Document, "##", heading);
        var types = ProtocolShape.TypesOf<T>();
        var sections = Regex.Matches(part, "^### `(.+)`$", RegexOptions.Multiline).Select(m => m.Groups[1].Value);
        Assert.AreSequenceEqual(types.Keys, sections, "the frames, in the order of their records");
        foreach (var (type, record) in types)
        {
            var section = Section(part, "###", $"`{type}`");
            Assert.AreSequenceEqual(ProtocolShape.FieldsOf(record).Order(), Rows(section).Select(r => r[0]).Order(), $"fields of {type}");
            var examples = Examples(section, direction).ToList();
            Assert.IsNotEmpty(examples, $"{type} has no example");
            foreach (var field in ProtocolShape.FieldsOf(record).Select(f => f.TrimEnd('?').Split('.')[^1].TrimEnd('[', ']')))
                Assert.IsTrue(examples.Any(e => e.Contains($"\"{field}\":", StringComparison.Ordinal)),
                    $"no example of {type} shows {field}");
        }
    }

    private static void AssertRows(string heading, Type constants, int cells)
    {
        var rows = Rows(Section(Document, "##", heading)).ToList();
        Assert.AreSequenceEqual(ProtocolShape.ConstantsOf(constants), rows.Select(r => r[0]), "in the order of the constants");
        foreach (var row in rows)
            Assert.IsTrue(row.Length == cells && row.All(cell => cell.Length > 0), $"{row[0]}: what happened, and what to do");
    }

    /// <summary>The text below a heading, up to the next heading of the same or a higher level.</summary>
    private static string Section(string text, string level, string heading)
    {
        var begin = text.IndexOf($"\n{level} {heading}\n", StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, begin, heading);
        var body = text[(begin + level.Length + heading.Length + 2)..];
        var end = Regex.Match(body, $"^#{{2,{level.Length}}} ", RegexOptions.Multiline);
        return end.Success ? body[..end.Index] : body;
    }

    /// <summary>The cells of a table's rows that begin with a word of code; the first one without its backticks.</summary>
    private static IEnumerable<string[]> Rows(string section) => Regex.Matches(section, @"^\| (`.+) \|$", RegexOptions.Multiline)
        .Select(m => m.Groups[1].Value.Split(" | ").Select((cell, i) => i == 0 ? cell.Replace("`", "") : cell.Trim()).ToArray());

    private static IEnumerable<string> Examples(string text, string direction) =>
        Regex.Matches(text, $"^```json {direction}\n(.+?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)
        .SelectMany(m => m.Groups[1].Value.Split('\n'));

    [GeneratedRegex("`([a-z]+(?:_[a-z]+)+)`")]
    private static partial Regex SnakeCase();
}
