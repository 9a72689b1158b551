using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Daemon.Commands;

namespace Chat.Commands.Tests;

/// <summary>What <c>docs/protocol.md</c> says of commands is what the daemon sends.</summary>
[TestClass]
public sealed partial class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md"));

    [TestMethod]
    [DataRow("commands[].parameters[].kind", typeof(ParameterKind))]
    [DataRow("commands[].where", typeof(Where))]
    public void EveryEnumMemberIsDocumented(string field, Type words)
    {
        var row = Document.Split('\n').Single(line => line.StartsWith($"| `{field}` |", StringComparison.Ordinal));
        var named = Word().Matches(row).Select(m => m.Groups[1].Value).Where(word => word != "args");
        Assert.AreSequenceEqual(Enum.GetNames(words).Select(name => name.ToLowerInvariant()), named);
    }

    [TestMethod]
    public async Task TheCompletionExampleMatchesTheDaemon()
    {
        var (asked, answered) = (Example("complete").GetProperty("text").GetString()!, Example("completions"));
        var stand = new Stand(Stand.Command("kick").Summary("pt-BR", "Remove alguém da sala."));
        var given = await stand.Completion.CompleteAsync(
            new(new("1", "gil", Role.Guest), asked, "pt-BR"), Example("complete").GetProperty("cursor").GetInt32(), default);
        var entry = answered.GetProperty("completions")[0];
        Assert.AreEqual((answered.GetProperty("from").GetInt32(), answered.GetProperty("length").GetInt32()), (given.From, given.Length));
        var only = given.Entries.Single();
        Assert.AreEqual((entry.GetProperty("text").GetString(), entry.GetProperty("summary").GetString()), (only.Text, only.Summary));
    }

    private static JsonElement Example(string type) =>
        JsonElement.Parse(Document.Split('\n').Single(line => line.StartsWith($"{{\"type\":\"{type}\",", StringComparison.Ordinal)));

    [GeneratedRegex("`([a-z]+)`")]
    private static partial Regex Word();
}
