using Chat.Daemon.Commands;

namespace Chat.Daemon.Tests.Commands;

/// <summary><c>docs/commands.md</c> lists what the shipped plugins bring, and nothing else.</summary>
[TestClass]
public sealed class CommandsDocumentTests
{
    [TestMethod]
    public async Task TheTableIsTheCatalogues()
    {
        await using var cast = await Cast.StartAsync();
        var table = Read("commands.md").Split('\n').Where(l => l.StartsWith("| `/", StringComparison.Ordinal)).ToList();
        var wanted = cast.Daemon.Get<CommandRegistry>().Current.Catalogue.Entries.Select(Row).ToList();
        Assert.AreEqual(string.Join('\n', wanted), string.Join('\n', table));
    }

    private static string Row(CatalogueEntry entry)
    {
        var command = entry.Descriptor;
        var names = string.Join(", ", command.Aliases.Select(a => $"`/{a.Name}`"));
        var usage = UsageText.Of(entry, CommandTexts.In("pt-BR"));
        var where = command.Policy.Where == Where.Room ? "room" : "anywhere";
        return $"| `{usage}` | {names} | {command.Policy.DefaultRole.ToString().ToLowerInvariant()} | `{entry.Permission}` | {where} | {command.Summary.In("en")} |".Replace("|  |", "| |", StringComparison.Ordinal);
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", document)).ReplaceLineEndings("\n");
}
