using System.Collections.Concurrent;
using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Tests.Shipped;

/// <summary>The shipped plugins: which capabilities their commands call, and which roles may run them.</summary>
[TestClass]
public sealed class ShippedPluginTests
{
    private const string RolesOfCommands = """
        ajuda command.ajuda Guest
        apagar message.delete.own Guest
        apagar de message.delete Moderator
        auditoria audit.read Admin
        ban user.ban Moderator
        ban rede network.ban Moderator
        bans user.ban Moderator
        bloqueados user.block Member
        bloquear user.block Member
        boas-vindas room.welcome Moderator
        boas-vindas desligar room.welcome Moderator
        buscar message.search Member
        conta convidar account.invite Admin
        conta criar account.create Admin
        convidar command.convidar Guest
        desbanir user.ban Moderator
        desbloquear user.block Member
        editar message.edit Guest
        encerrar daemon.shutdown Admin
        encerrar cancelar daemon.shutdown Admin
        encerrar nó daemon.shutdown Admin
        entrar room.join Guest
        explicar command.explicar Guest
        falar room.mute Moderator
        kick room.kick Moderator
        lento room.slow Moderator
        lidas message.read Member
        msg direct.send Guest
        mute room.mute Moderator
        mutes room.mute Moderator
        nos daemon.observe Admin
        observar daemon.observe Admin
        observar ajustes daemon.observe Admin
        observar usuarios daemon.observe Admin
        palavra bloquear room.words Moderator
        palavra liberar room.words Moderator
        palavra listar room.words Moderator
        papel account.role Admin
        permissao dar permission.set Admin
        permissao listar permission.list Admin
        permissao voltar permission.set Admin
        plugins plugin.list Admin
        plugins ativar plugin.manage Admin
        plugins desativar plugin.manage Admin
        plugins filtros plugin.list Admin
        plugins recarregar plugin.manage Admin
        plugins reverter plugin.manage Admin
        plugins trocas plugin.list Admin
        privada room.create Guest
        quem command.quem Guest
        reagir message.react Guest
        retencao dias room.retention Moderator
        retencao mensagens room.retention Moderator
        retencao padrao room.retention Moderator
        retencao ver command.retencao.ver Guest
        sair command.sair Guest
        sala apagar room.delete Moderator
        salas command.salas Guest
        senha account.password Member
        sessoes account.session Member
        sessoes de session.manage Admin
        sessoes encerrar account.session Member
        sessoes revogar session.manage Admin
        topico command.topico Guest
        webhook entrada webhook.manage Admin
        webhook falhas webhook.manage Admin
        webhook listar webhook.manage Admin
        webhook remover webhook.manage Admin
        webhook repetir webhook.manage Admin
        webhook saida webhook.manage Admin
        """;

    private static readonly string Staged = Directory.CreateTempSubdirectory("chat-shipped-").FullName;
    private static readonly CommandRegistry Registry = new();
    private static readonly ConcurrentDictionary<string, RecordingCapabilities> Recordings = new(); // by invocation
    private static ServiceProvider services = null!;

    public TestContext TestContext { get; set; } = null!;

    [ClassInitialize]
    public static async Task LoadAsync(TestContext context)
    {
        var capabilities = new CapabilityTable().Add<IRooms>(Find).Add<IMessages>(Find).Add<IModeration>(Find).Add<IDaemonControl>(Find)
            .Add<IPlugins>(Find).Add<IAccounts>(Find).Add<IHelp>(Find).Add<IPermissions>(Find).Add<IBlocks>(Find).Add<ISearch>(Find)
            .Add<IDiagnostics>((_, _) => new RecordingDiagnostics()).Add<IAudit>((_, _) => throw new NotSupportedException());
        capabilities.AddEverywhere<INotices>(() => new RecordingCapabilities());
        capabilities.AddEverywhere<IBots>(() => new NoPrograms());
        capabilities.AddEverywhere<IDirectory>(() => new NoPrograms());
        capabilities.AddEverywhere<IHttpClients>(() => new NoPrograms());
        capabilities.AddOwned<IStorage>(_ => new MemoryStorage());
        services = new ServiceCollection().AddLogging()
            .AddSingleton(TimeProvider.System).AddSingleton(new SteadyTime(TimeProvider.System))
            .AddSingleton(Registry)
            .AddSingleton(capabilities).AddSingleton(new HookMetrics()).AddSingleton(AllowList.Open)
            .AddSingleton<PermissionPolicy>(catalogue => catalogue.ToPermissionTable())
            .AddPlugins(PluginFolders.Of([], Staged), new PluginTimings())
            .BuildServiceProvider();
        await services.GetRequiredService<PluginSupervisor>().StartAsync(context.CancellationToken);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await services.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(Staged, "*", SearchOption.AllDirectories)) new FileInfo(file).IsReadOnly = false;
        Directory.Delete(Staged, recursive: true);
    }

    [TestMethod]
    public void AllAreActive() => Assert.AreEqual(
        "administration active, help active, moderation active, rooms active, webhooks active, welcome active",
        string.Join(", ", services.GetRequiredService<PluginSupervisor>().PluginsIn("en").Select(p => $"{p.Id} {p.State}{p.Note}")));

    [TestMethod]
    [DataRow("/encerrar", "shutdown 0s", "O servidor está sendo encerrado.")]
    [DataRow("/encerrar 5m atualização do servidor", "shutdown 5m atualização do servidor",
        "O servidor será encerrado em 5m. Para cancelar: /encerrar cancelar.")]
    [DataRow("/buscar --de @bia café*", "search café*  bia  10",
        "2026-03-01 12:00Z geral #44 bia: O café está pronto\nHá mais. Repita a busca com --antes q0c7")]
    [DataRow("/search --before q0c7 coffee", "search coffee   q0c7 10",
        "2026-03-01 12:00Z geral #44 bia: O café está pronto\nHá mais. Repita a busca com --antes q0c7")]
    [DataRow("/shutdown cancel", "cancel", "Encerramento cancelado.")]
    [DataRow("/papel bia Moderador", "role bia Moderator", "O papel de bia agora é moderador.")]
    [DataRow("/conta criar caio --papel admin um segredo", "create caio um segredo Admin", "Conta caio criada.")]
    [DataRow("/conta criar caio segredo", "create caio segredo Member", "Conta caio criada.")]
    [DataRow("/conta convidar 2d", "invite 2d", "Código de convite: k7. Vale para uma conta por 2d.")]
    [DataRow("/senha velha nova", "password velha nova", "Senha trocada.")]
    [DataRow("/sessoes de bia", "sessions bia", "17 — esta, desde 2026-03-01 12:00Z")]
    [DataRow("/sessoes revogar bia", "end bia", "2 sessões encerradas.")]
    [DataRow("/plugins", "", "dice 1.0 — ativo (12 chamadas, 1 falha, 34 ms, 2 descarregadas)\njunk  — com falha: It is no plugin.")]
    [DataRow("/plugins trocas", "",
        "1970-01-01 00:00:00Z dice 1.0 trocado por 2.0 (34.4 ms)\n1970-01-01 00:00:00Z dice 1.1 recusado: It is no plugin.")]
    [DataRow("/plugins filtros", "", "dice Luck — filtro, 2 ms, allowed 3")]
    [DataRow("/observar", "", """
        conexões 3, sessões 2
        mensagens 1.3/s, entregas 40/s
        commit p50 1.5 ms, p99 20 ms, entrega —
        filas de saída 2 KiB, clientes lentos 0
        processador 25 %, memória 100 MiB, pausas do GC 0 ms
        disco livre 5 GiB
        """)]
    [DataRow("/observar usuarios", "", "ana — admin, 2 conexões\nbia — membro, desconectado")]
    [DataRow("/observar ajustes", "", "Chat:Language = en (default)")]
    [DataRow("/plugins recarregar dice", "reload dice", "dice 1.0 — ativo")]
    [DataRow("/plugins desativar dice", "disable dice", "dice 1.0 — desativado")]
    [DataRow("/plugins enable dice", "enable dice", "dice 1.0 — ativo")]
    [DataRow("/plugins reverter dice", "roll back dice", "dice 0.9 — ativo")]
    [DataRow("/entrar #jogos", "join jogos", "Você está na sala jogos.")]
    [DataRow("/sair", "leave geral", "Você saiu da sala geral.")]
    [DataRow("/sair jogos", "leave jogos", "Você saiu da sala jogos.")]
    [DataRow("/sala apagar #jogos", "delete jogos", "A sala jogos foi apagada.")]
    [DataRow("/retencao ver", "", "A sala geral guarda as mensagens dos últimos 30 dias. É o padrão do servidor.")]
    [DataRow("/retencao mensagens 500", "retention geral - 500",
        "A sala geral guarda as mensagens dos últimos 30 dias. É o padrão do servidor.")]
    [DataRow("/quem", "", "Na sala geral (2): ana, bia")]
    [DataRow("/salas", "", "geral (2) — Bem-vindos\nplanos (1, privada)")]
    [DataRow("/tópico", "", "Tópico da sala geral: Bem-vindos")]
    [DataRow("/topico Versão nova", "topic geral Versão nova", "O tópico da sala geral agora é: Versão nova")]
    [DataRow("/privada planos", "private planos", "Sala privada planos criada. Convide alguém com /convidar.")]
    [DataRow("/convidar bia", "invite geral bia", "bia já pode entrar na sala geral.")]
    [DataRow("/msg bia Você vem?", "send bia Você vem?", "Mensagem enviada a bia.")]
    [DataRow("/kick bia propaganda", "kick geral bia propaganda", "Você tirou bia da sala.")]
    [DataRow("/ban bia", "ban bia forever", "Banimento registrado: bia, sem prazo.")]
    [DataRow("/ban bia 7d propaganda", "ban bia 7d propaganda", "Banimento registrado: bia, por 7d.")]
    [DataRow("/ban bia sempre propaganda", "ban bia forever propaganda", "Banimento registrado: bia, sem prazo.")]
    [DataRow("/ban rede 203.0.113.0/24 1d", "ban 203.0.113.0/24 1d", "Banimento registrado: 203.0.113.0/24, por 1d.")]
    [DataRow("/desbanir bia", "unban bia", "Banimento retirado: bia.")]
    [DataRow("/mute bia 10m", "mute bia geral 10m", "bia não pode escrever na sala geral por 10m.")]
    [DataRow("/mute bia 1h --todas propaganda", "mute bia all 1h propaganda", "bia não pode escrever em nenhuma sala por 1h.")]
    [DataRow("/falar bia", "unmute bia geral", "bia pode escrever de novo.")]
    [DataRow("/bans", "", """
        bia — sem prazo, por mo
        gil (203.0.113.5/32) — 1h, por mo: propaganda
        203.0.113.0/24 — 1d, por mo
        """)]
    [DataRow("/silenciados", "", "bia — 10m, por mo: propaganda\ngil (todas as salas) — 59s, por mo")]
    [DataRow("/palavra bloquear Propagandá", "", "Palavra bloqueada: \"propaganda\".")]
    [DataRow("/lento 10s", "", "Modo lento na sala geral: uma mensagem a cada 10s.")]
    [DataRow("/boas-vindas Leia as regras", "", "Boas-vindas da sala geral: Leia as regras")]
    [DataRow("/ajuda", "", "overview")]
    [DataRow("/ajuda entrar", "", "about entrar")]
    [DataRow("/explicar /kick \"bia", "", "explained /kick \"bia")]
    public async Task ACommandCallsTheCapabilityAndReplies(string line, string asked, string answer)
    {
        var (recorded, result) = await RunAsync(line, "pt-BR");
        Assert.AreEqual(asked, recorded);
        Assert.AreEqual(answer, ((CommandResult.Reply)result).Text);
    }

    [TestMethod]
    [DataRow("/editar 44 Você vem?", "edit geral 44 Você vem?", "Mensagem 44 editada.")]
    [DataRow("/delete 44", "delete geral 44", "Mensagem 44 apagada.")]
    [DataRow("/apagar de bia 20", "delete 20 of bia geral", "20 mensagens de bia apagadas.")]
    [DataRow("/delete from bia", "delete 1 of bia geral", "Uma mensagem de bia apagada.")]
    [DataRow("/reagir 44 👍", "react geral 44 👍 False", "Você reagiu com 👍 à mensagem 44.")]
    [DataRow("/reagir 44 👍 --retirar", "react geral 44 👍 True", "Reação 👍 à mensagem 44 retirada.")]
    public Task ACommandChangesMessagesByTheCapability(string line, string asked, string answer) =>
        ACommandCallsTheCapabilityAndReplies(line, asked, answer);

    [TestMethod]
    [DataRow("/shutdown 30s", "The daemon shuts down in 30s. To cancel: /shutdown cancel.")]
    [DataRow("/role bia moderator", "The role of bia is now moderator.")]
    [DataRow("/permission set room.kick member --room jogos", "room.kick now requires the role member in the room jogos.")]
    [DataRow("/room delete jogos", "Deleted the room jogos.")]
    [DataRow("/who", "In the room geral (2): ana, bia")]
    [DataRow("/rooms", "geral (2) — Bem-vindos\nplanos (1, private)")]
    [DataRow("/mute bia 10m", "bia is muted in the room geral for 10m.")]
    [DataRow("/unban bia", "bia is no longer banned.")]
    public async Task RepliesAreInTheCallersLanguage(string line, string answer) =>
        Assert.AreEqual(answer, ((CommandResult.Reply)(await RunAsync(line, "en")).Result).Text);

    [TestMethod]
    [DataRow("/ajuda nada", "no_such_command")]
    [DataRow("/desbanir caio", "bad_arguments")]
    [DataRow("/falar caio", "bad_arguments")]
    [DataRow("/permissao voltar room.mute", "bad_arguments")]
    [DataRow("/permissao listar nada", "bad_arguments")]
    public async Task AnImpossibleRequestIsRefused(string line, string code) =>
        Assert.AreEqual(code, ((CommandResult.Refusal)(await RunAsync(line, "pt-BR")).Result).Code);

    [TestMethod]
    [DataRow("/ban bia 5")]
    [DataRow("/ban bia 0s")]
    [DataRow("/papel bia guest")]
    [DataRow("/encerrar agora")]
    public async Task AmbiguousArgumentsAreRefused(string line) => Assert.IsNull((await ReadAsync(line)).Values);

    [TestMethod]
    public void EveryCommandHasTheExpectedRole()
    {
        var roles = Registry.Current.Catalogue.Entries.OrderBy(e => e.Descriptor.Name, StringComparer.Ordinal)
            .Select(e => $"{e.Descriptor.Name} {e.Permission} {e.Descriptor.Policy.DefaultRole}");
        Assert.AreEqual(RolesOfCommands.ReplaceLineEndings("\n"), string.Join('\n', roles));
    }

    [TestMethod]
    public void EveryCommandHasASummaryInBothLanguages()
    {
        foreach (var entry in Registry.Current.Catalogue.Entries)
        {
            var (portuguese, english) = (entry.Descriptor.Summary.In("pt-BR"), entry.Descriptor.Summary.In("en"));
            Assert.AreNotEqual("", portuguese, entry.Descriptor.Name);
            Assert.AreNotEqual(portuguese, english, entry.Descriptor.Name);
        }
    }

    private static RecordingCapabilities Find(CommandContext context, object? origin) => Recordings[context.InvocationId];

    private async Task<(CatalogueEntry Entry, ArgumentValues? Values)> ReadAsync(string line)
    {
        var entry = Registry.Current.Catalogue.FindIn(line, out var end)!;
        var bound = LineBinder.Bind(entry.Descriptor.Parameters, line, end);
        var (values, _) = await new ArgumentReader(new EveryoneDirectory(), services.GetRequiredService<GuardedCalls>()).ReadAsync(
            entry, bound, EveryoneDirectory.Caller, TestContext.CancellationToken);
        return (entry, values);
    }

    private async Task<(string Recorded, CommandResult Result)> RunAsync(string line, string language)
    {
        var (entry, values) = await ReadAsync(line);
        var context = new CommandContext
        {
            InvocationId = Guid.NewGuid().ToString(),
            Command = entry.Descriptor.Name,
            Caller = EveryoneDirectory.Caller,
            Room = new("r1", "geral"),
            Language = language,
            Aborted = TestContext.CancellationToken,
        };
        var capabilities = Recordings[context.InvocationId] = new RecordingCapabilities();
        using var lease = entry.Owner.TryLease()!;
        await using var scope = InvocationScope.Create(lease.Container, context, null);
        var result = await entry.Descriptor.Invoke(context, scope.ServiceProvider, values!);
        return (capabilities.Recorded, result);
    }

    /// <summary>Every user and every room exists.</summary>
    private sealed class EveryoneDirectory : IEntityDirectory
    {
        public static readonly User Caller = new("1", "ana", Role.Admin);

        public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) =>
            ValueTask.FromResult<User?>(new("2", name, Role.Member));

        public ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation) =>
            ValueTask.FromResult<Room?>(new("r2", name));

        public ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<string>>([]);

        public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<string>>([]);
    }
}
