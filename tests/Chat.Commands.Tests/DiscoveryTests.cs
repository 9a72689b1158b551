using Chat.Daemon.Commands;
using Chat.Protocol;
using static Chat.Commands.Tests.KnownEntities;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class DiscoveryTests
{
    private readonly Stand stand = new(
        Stand.Command("kick").Alias("expulsar", "pt-BR").Summary("pt-BR", "Remove alguém.").Summary("en", "Removes somebody.")
            .Permission("room.kick", Role.Moderator).OnlyIn(Where.Room)
            .Argument("alvo", ParameterType.User).Option("por", ParameterType.Duration).Flag("quieto")
            .Remainder("motivo", p => p with { Required = false, Default = "" }).Example("/kick bia"),
        Stand.Command("dia").Argument("qual", ParameterType.Enum<DayOfWeek>())
            .Argument("vezes", ParameterType.Integer, p => p with { Required = false, Default = 2, Min = 1, Max = 9 }),
        Stand.Command("entrar").Alias("join", "en").Argument("sala", ParameterType.Room),
        Stand.Command("encerrar cancelar").Permission("daemon.shutdown", Role.Admin),
        Stand.Command("oculto").Hidden());

    [TestMethod]
    public void HelpShowsOnlyWhatTheCallerMayRun()
    {
        var help = stand.Help;
        Assert.AreEqual(
            "Comandos:\n/dia <qual> [vezes]\n/entrar <sala>\n/ajuda COMANDO mostra os detalhes de um comando.",
            help.Overview(Context(Gil, "pt-BR")));
        StringAssert.Contains(
            help.Overview(Context(Mo, "pt-BR")),
            "/expulsar <alvo> [--por <duração, como 30s, 5m, 1h30m>] [--quieto] [motivo…] — Remove alguém.");
        StringAssert.Contains(help.Overview(Context(Mo, "en")), "/join <sala>");
        Assert.IsNull(help.About(Context(Gil, "en"), "kick"));
        Assert.IsNull(help.About(Context(Mo, "en"), "nada"));
        var page = help.About(Context(Mo, "en"), "/Expulsár")!;
        foreach (var part in new[] { "Removes somebody.", "Other names: /expulsar", "alvo (user)", "--quieto", "/kick bia" })
            StringAssert.Contains(page, part);
        StringAssert.Contains(help.About(Context(Gil, "en"), "dia")!, "vezes (whole number) [default: 2]");
    }

    [TestMethod]
    public void ListingShowsOnlyWhatTheCallerMayRun()
    {
        Assert.AreSequenceEqual(new[] { "dia", "join" }, CommandListing.For(stand.Registry.Current, Gil, "en").Select(e => e.Name));
        var kick = CommandListing.For(stand.Registry.Current, Mo, "en").Single(e => e.Name == "kick");
        Assert.AreEqual("room", kick.Where);
        Assert.AreSequenceEqual(new[] { "expulsar" }, kick.Aliases);
        Assert.AreEqual(new ParameterEntry("alvo", "user", "argument", true), kick.Parameters[0]);
        var dia = CommandListing.For(stand.Registry.Current, Gil, "en")[0];
        Assert.AreEqual("choice", dia.Parameters[0].Type);
        Assert.AreEqual(new ParameterEntry("vezes", "integer", "argument", false, Default: "2", Min: 1, Max: 9), dia.Parameters[1]);
    }

    [TestMethod]
    [DataRow("pt-BR", "apagar: desligar parar shutdown stop")]
    [DataRow("en", "shutdown: stop desligar parar apagar")]
    public void ListedCommandHasItsNamesInTheCallersLanguageFirst(string language, string expected)
    {
        var named = new Stand(
            Stand.Command("desligar").Alias("parar").Alias("shutdown", "en").Alias("apagar", "pt-BR").Alias("stop", "en"));
        var entry = CommandListing.For(named.Registry.Current, Gil, language).Single();
        Assert.AreEqual(expected, $"{entry.Name}: {string.Join(' ', entry.Aliases)}");
    }

    [TestMethod]
    [DataRow("/", 0, "/dia /entrar /expulsar")]
    [DataRow("/KI", 0, "/kick")]
    [DataRow("/enc", 0, "")]
    [DataRow("/ocu", 0, "")]
    [DataRow("/kick b", 6, "bia")]
    [DataRow("/kick @b", 6, "@bia")]
    [DataRow("/kick bia --", 10, "--por --quieto")]
    [DataRow("/kick bia --quieto --", 19, "--por")]
    [DataRow("/kick --por ", 12, "")]
    [DataRow("/dia s", 5, "sunday saturday")]
    [DataRow("/entrar ", 8, "geral")]
    [DataRow("/encerrar canc", 0, "")]
    [DataRow("//x", 3, "")]
    [DataRow("oi", 2, "")]
    public async Task Completes(string text, int from, string expected)
    {
        var given = await Complete(text, Mo);
        Assert.AreEqual(expected, string.Join(' ', given.Entries.Select(e => e.Text)));
        if (expected.Length > 0) Assert.AreEqual((from, text.Length - from), (given.From, given.Length));
    }

    [TestMethod]
    public async Task SubCommandIsCompletedUpToTheCursor()
    {
        Assert.AreEqual("/encerrar cancelar", (await Complete("/encerrar canc", Ana)).Entries.Single().Text);
        Assert.AreEqual("/dia", (await Complete("/di resto", Mo, cursor: 3)).Entries.Single().Text);
        Assert.IsEmpty((await Complete("/kick b", Gil)).Entries);
    }

    [TestMethod]
    public async Task ParameterAcceptsEveryNameAndShowsTheCallersOne()
    {
        var named = new Stand(Stand.Command("falar", values => $"{values.Get<User>("usuário").Name} {values.Get<bool>(1)}")
            .Alias("unmute", "en")
            .Argument("usuário", ParameterType.User, p => p with { Aliases = [new("user", "en")] })
            .Flag("todas", p => p with { Aliases = [new("everywhere", "en")] }));
        foreach (var language in new[] { "pt-BR", "en" })
            foreach (var line in new[] { "/falar bia --todas", "/unmute --EVERYWHERE bia", "/falar bia --todás=sim" })
                (await named.Sends(Mo, line, language: language)).ShouldReply("bia True");
        (await named.Calls(Mo, "falar", """{"user":"bia","everywhere":true}""")).ShouldReply("bia True");
        (await named.Calls(Mo, "unmute", """{"USUARIO":"bia"}""")).ShouldReply("bia False");
        (await named.Calls(Mo, "falar", """{"user":"bia","usuário":"gil"}""")).ShouldBeRefused("bad_arguments");

        StringAssert.Contains(named.Help.Overview(Context(Mo, "pt-BR")), "/falar <usuário> [--todas]");
        StringAssert.Contains(
            named.Help.About(Context(Mo, "en"), "falar")!,
            "/unmute <user> [--everywhere]\nOther names: /falar\nParameters:\n  user (user)\n  --everywhere");
        var listed = CommandListing.For(named.Registry.Current, Mo, "en").Single();
        Assert.AreEqual("user everywhere", string.Join(' ', listed.Parameters.Select(p => p.Name)));
        (string, string, string)[] completions =
            [("pt-BR", "--", "--todas"), ("en", "--", "--everywhere"), ("pt-BR", "--ev", "--everywhere"), ("en", "--t", "--todas")];
        foreach (var (language, typed, expected) in completions)
        {
            var call = new CommandCall.Line(Mo, "/falar bia " + typed, language);
            Assert.AreEqual(expected, (await named.Completion.CompleteAsync(call, null, default)).Entries.Single().Text);
        }
        var refusal = (await named.Sends(Mo, "/unmute bia --todas --everywhere")).ShouldBeRefused("bad_arguments");
        Assert.AreEqual("--everywhere can be given only once. Usage: /unmute <user> [--everywhere]", refusal.Detail);
    }

    [TestMethod]
    public void BothLanguagesHaveTheSameTexts()
    {
        var (portuguese, english) = (CommandTexts.In("pt-BR"), CommandTexts.In("en"));
        Assert.AreSequenceEqual(portuguese.Keys.Order(), english.Keys.Order());
        // A converter that is busy is the command's refusal "Busy", not a problem of the argument.
        foreach (var problem in Enum.GetNames<ArgumentProblem>().Where(p => p != nameof(ArgumentProblem.ConverterBusy)))
            Assert.Contains("Problem." + problem, english.Keys);
        var members = typeof(CommandTexts).GetMembers().Where(m => m.DeclaringType == typeof(CommandTexts)).Select(m => m.Name).ToHashSet();
        foreach (var key in english.Keys.Where(k => !k.Contains('.') && k is not ("NoSuchCommandMeant" or "Meant" or "Expected")))
            Assert.Contains(key, members);
    }

    private ValueTask<DaemonFrame.Completions> Complete(string text, User caller, int? cursor = null) =>
        stand.Completion.CompleteAsync(new(caller, text, "pt-BR") { Room = Geral }, cursor, default);

    private static CommandContext Context(User caller, string language) =>
        new() { InvocationId = "1", Command = "ajuda", Caller = caller, Language = language };
}
