using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class CatalogueTests
{
    private static readonly PluginOwner
        First = new("first", null!, TimeProvider.System), Second = new("second", null!, TimeProvider.System);

    [TestMethod]
    [DataRow("/kick bia")]
    [DataRow("/KICK")]
    [DataRow("/expulsár bia")]
    [DataRow("/Expulsar\tbia")]
    public void NamesMatchWithoutCaseAndAccents(string line)
    {
        var catalogue = Of((First, Stand.Command("kick").Alias("expulsar")));
        Assert.AreEqual("kick", catalogue.FindIn(line, out var end)?.Descriptor.Name);
        Assert.IsTrue(end == line.Length || char.IsWhiteSpace(line[end]));
    }

    [TestMethod]
    public void TheLongestNameWins()
    {
        var catalogue = Of((First, Stand.Command("encerrar")), (First, Stand.Command("encerrar cancelar").Alias("shutdown cancel")));
        Assert.AreEqual("encerrar cancelar", catalogue.FindIn("/encerrar  CANCELAR já", out var end)?.Descriptor.Name);
        Assert.AreEqual(19, end);
        Assert.AreEqual("encerrar", catalogue.FindIn("/encerrar 10s", out end)?.Descriptor.Name);
        Assert.AreEqual(9, end);
        Assert.AreEqual("encerrar cancelar", catalogue.Find("Shutdown  Cancel")?.Descriptor.Name);
        Assert.IsNull(catalogue.FindIn("/", out _));
        Assert.IsNull(catalogue.FindIn("/ encerrar", out _));
    }

    [TestMethod]
    public void FirstOfTwoCommandsWithOneNameWins()
    {
        var catalogue = Of((First, Stand.Command("a").Alias("c")), (Second, Stand.Command("A")), (Second, Stand.Command("c").Alias("á")));
        Assert.AreEqual("first", catalogue.Find("a")!.Owner.Id);
        Assert.AreEqual("second", catalogue.Find("c")!.Owner.Id, "a name wins over an alias");
        Assert.HasCount(3, catalogue.Problems);
        Assert.AreEqual(
            new CatalogueProblem("second", "A", "The name A is already taken by the command a of plugin first."), catalogue.Problems[0]);
    }

    [TestMethod]
    public void InvalidDescriptorIsReportedAndLeftOut()
    {
        CommandBuilder[] wrong =
        [
            Stand.Command("a b!"), Stand.Command(""), Stand.Command("x").Alias("\u001b[2J"),
            Stand.Command("x").Argument("o", ParameterType.Text, p => p with { Required = false }).Argument("r", ParameterType.Text),
            Stand.Command("x").Remainder("r").Argument("a", ParameterType.Text),
            Stand.Command("x").Argument("á", ParameterType.Text).Option("A", ParameterType.Text),
            Stand.Command("x").Argument("n", ParameterType.Integer, p => p with { Required = false, Default = "1" }),
            Stand.Command("x").Argument("n", ParameterType.Integer, p => p with { Min = 2, Max = 1 }),
            Stand.Command("x").Argument("n", ParameterType.Integer, p => p with { Outranked = true }),
            Stand.Command("x").Argument("n", ParameterType.Integer).Example("/x"),
            Stand.Command("x").Example("/y"), Stand.Command("x").RateLimit(0, 1),
            Stand.Command("x").Deadline(TimeSpan.Zero), Stand.Command("x").Permission("a b"),
        ];
        foreach (var (command, index) in wrong.Select((c, i) => (c, i)))
        {
            var catalogue = Of((First, command));
            Assert.HasCount(1, catalogue.Problems, $"command {index}");
            Assert.IsEmpty(catalogue.Entries, $"command {index}");
            Assert.DoesNotContain("\u001b", catalogue.Problems[0].Text);
        }
    }

    [TestMethod]
    public void FoldingAcceptsAnyText()
    {
        Assert.AreEqual("acao", NameFold.Of("AÇÃO"));
        Assert.AreEqual(NameFold.Of("joa\u0303o"), NameFold.Of("JOÃO"));
        Assert.AreEqual("\ufffd", NameFold.Of("\ud800"));
    }

    [TestMethod]
    public void ExamplesAreReadOnlyOnce()
    {
        var isOver = false;
        var date = ParameterType.Custom<string>(
            "date", (string text, [NotNullWhen(true)] out object? value) => (value = isOver ? null : text) is not null);
        var catalogue = Of((First, Stand.Command("agendar").Argument("quando", date).Example("/agendar 2026-12-01")));
        isOver = true;
        var next = CommandCatalogue.Of([.. catalogue.Entries, new(Stand.Command("other").Build(), Second)]);
        Assert.IsEmpty(next.Problems);
        Assert.IsNotNull(next.Find("agendar"));
    }

    private static CommandCatalogue Of(params (PluginOwner Owner, CommandBuilder Command)[] commands) =>
        CommandCatalogue.Of(commands.Select(c => new CatalogueEntry(c.Command.Build(), c.Owner)));
}
