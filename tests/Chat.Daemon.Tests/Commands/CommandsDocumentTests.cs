using Chat.Daemon.Commands;

namespace Chat.Daemon.Tests.Commands;

/// <summary><c>docs/commands.md</c> lists what the shipped plugins bring, and nothing else.</summary>
[TestClass]
public sealed class CommandsDocumentTests
{
    [TestMethod]
    public async Task TheTableMatchesTheCatalogue()
    {
        await using var users = await TestUsers.StartAsync();
        var path = Path.Combine(Configuration.WrittenSettingsTests.Root(), "docs", "commands.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var wanted = string.Join('\n', users.Daemon.Get<CommandRegistry>().Current.Catalogue.Entries.Select(Row));
        var table = string.Join('\n', text.Split('\n').Where(IsRow));
        if (Environment.GetEnvironmentVariable("CHAT_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, text.Replace(table, wanted, StringComparison.Ordinal));
        Assert.AreEqual(wanted, table, "Run the tests once with CHAT_WRITE_DOCS=1 to write the table of docs/commands.md anew.");
    }

    private static string Row(CatalogueEntry entry)
    {
        var command = entry.Descriptor;
        var names = string.Join(", ", command.Aliases.Select(a => $"`/{a.Name}`"));
        var usage = UsageText.Of(entry, CommandTexts.In("pt-BR"));
        var where = command.Policy.Where == Where.Room ? "room" : "anywhere";
        var role = command.Policy.DefaultRole.ToString().ToLowerInvariant();
        var row = $"| `{usage}` | {names} | {role} | `{entry.Permission}` | {where} | {command.Summary.In("en")} |";
        return row.Replace("|  |", "| |", StringComparison.Ordinal);
    }

    private static bool IsRow(string line) => line.StartsWith("| `/", StringComparison.Ordinal);
}
