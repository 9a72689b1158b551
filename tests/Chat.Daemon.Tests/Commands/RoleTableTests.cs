using System.Reflection;
using System.Text.Json;
using Chat.Daemon.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>
/// Every role against every shipped command, typed and as a frame. {alvo}: a guest in the room; {conta}: an account; {novo}: a name
/// that is not in use.
/// </summary>
[TestClass]
public sealed class RoleTableTests
{
    private static TestUsers users = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        users = await TestUsers.StartAsync();
        foreach (var role in Enum.GetValues<Role>().Where(r => r is Role.Member or Role.Moderator))
            await users.AccountAsync(NameOf(role), role);
    }

    [ClassCleanup]
    public static async Task StopAsync() => await users.DisposeAsync();

    [TestMethod]
    [DataRow("ajuda", "", "{}", Role.Guest)]
    [DataRow("apagar", "99", """{"mensagem":99}""", Role.Guest, "no_such_message")]
    [DataRow("apagar de", "{alvo} 3", """{"usuário":"{alvo}","quantas":3}""", Role.Moderator)]
    [DataRow("auditoria", "admin --quantos 1", """{"usuário":"admin","quantos":1}""", Role.Admin)]
    [DataRow("ban", "{alvo} 1h propaganda", """{"usuário":"{alvo}","duração":"1h","motivo":"propaganda"}""", Role.Moderator)]
    [DataRow("ban rede", "203.0.113.0/24 1h", """{"rede":"203.0.113.0/24","duração":"1h"}""", Role.Moderator)]
    [DataRow("bans", "", "{}", Role.Moderator)]
    [DataRow("bloqueados", "", "{}", Role.Member)]
    [DataRow("bloquear", "{alvo}", """{"usuário":"{alvo}"}""", Role.Member)]
    [DataRow("boas-vindas", "Leia as regras", """{"texto":"Leia as regras"}""", Role.Moderator)]
    [DataRow("boas-vindas desligar", "", "{}", Role.Moderator, "bad_arguments")]
    [DataRow("buscar", "café", """{"palavras":"café"}""", Role.Member)]
    [DataRow("conta convidar", "2d", """{"validade":"2d"}""", Role.Admin)]
    [DataRow("conta criar", "{novo} segredos", """{"nome":"{novo}","senha":"segredos"}""", Role.Admin)]
    [DataRow("convidar", "{alvo}", """{"usuário":"{alvo}"}""", Role.Guest, "", true)]
    [DataRow("desbanir", "198.51.100.1", """{"alvo":"198.51.100.1"}""", Role.Moderator, "bad_arguments")]
    [DataRow("desbloquear", "nada", """{"usuário":"nada"}""", Role.Member, "bad_arguments")]
    [DataRow("editar", "99 oi", """{"mensagem":99,"texto":"oi"}""", Role.Guest, "no_such_message")]
    [DataRow("encerrar", "1d depois", """{"espera":"1d","motivo":"depois"}""", Role.Admin)]
    [DataRow("encerrar cancelar", "", "{}", Role.Admin, "bad_arguments")]
    [DataRow("encerrar nó", "nenhum", """{"nome":"nenhum"}""", Role.Admin, "bad_arguments")]
    [DataRow("entrar", "{novo}", """{"sala":"{novo}"}""", Role.Guest)]
    [DataRow("explicar", "/entrar jogos", """{"linha":"/entrar jogos"}""", Role.Guest)]
    [DataRow("falar", "{alvo}", """{"usuário":"{alvo}"}""", Role.Moderator, "bad_arguments")]
    [DataRow("kick", "{alvo} propaganda", """{"usuário":"{alvo}"}""", Role.Moderator)]
    [DataRow("lidas", "1", """{"mensagem":1}""", Role.Member)]
    [DataRow("msg", "{alvo} oi", """{"usuário":"{alvo}","texto":"oi"}""", Role.Guest)]
    [DataRow("lento", "0s", """{"tempo":"0s"}""", Role.Moderator)]
    [DataRow("mute", "{alvo} 10m --todas", """{"usuário":"{alvo}","duração":"10m","todas":true}""", Role.Moderator)]
    [DataRow("mutes", "", "{}", Role.Moderator)]
    [DataRow("nos", "", "{}", Role.Admin)]
    [DataRow("observar", "--desde 0", """{"desde":0}""", Role.Admin)]
    [DataRow("observar ajustes", "", "{}", Role.Admin)]
    [DataRow("observar usuarios", "{alvo}", """{"texto":"{alvo}"}""", Role.Admin)]
    [DataRow("palavra bloquear", "{novo}", """{"palavra":"{novo}"}""", Role.Moderator)]
    [DataRow("palavra liberar", "nada", """{"palavra":"nada"}""", Role.Moderator, "bad_arguments")]
    [DataRow("palavra listar", "", "{}", Role.Moderator)]
    [DataRow("papel", "{conta} moderador", """{"usuário":"{conta}","papel":"membro"}""", Role.Admin)]
    [DataRow("permissao dar", "room.kick moderador", """{"permissão":"room.kick","papel":"moderador"}""", Role.Admin)]
    [DataRow("permissao listar", "room.", """{"prefixo":"room."}""", Role.Admin)]
    [DataRow("permissao voltar", "user.ban", """{"permissão":"user.ban"}""", Role.Admin, "bad_arguments")]
    [DataRow("plugins", "", "{}", Role.Admin)]
    [DataRow("plugins ativar", "ninguem", """{"nome":"ninguem"}""", Role.Admin, "no_such_plugin")]
    [DataRow("plugins desativar", "ninguem", """{"nome":"ninguem"}""", Role.Admin, "no_such_plugin")]
    [DataRow("plugins filtros", "", "{}", Role.Admin)]
    [DataRow("plugins recarregar", "ninguem", """{"nome":"ninguem"}""", Role.Admin, "no_such_plugin")]
    [DataRow("plugins reverter", "ninguem", """{"nome":"ninguem"}""", Role.Admin, "no_such_plugin")]
    [DataRow("plugins trocas", "", "{}", Role.Admin)]
    [DataRow("privada", "{novo}", """{"sala":"{novo}"}""", Role.Guest)]
    [DataRow("quem", "", "{}", Role.Guest)]
    [DataRow("reagir", "99 👍", """{"mensagem":99,"emoji":"👍"}""", Role.Guest, "no_such_message")]
    [DataRow("sair", "", "{}", Role.Guest)]
    [DataRow("sala apagar", "nenhuma", """{"sala":"nenhuma"}""", Role.Moderator, "no_such_room")]
    [DataRow("salas", "", "{}", Role.Guest)]
    [DataRow("senha", "errada nova-senha", """{"atual":"errada","nova":"nova-senha"}""", Role.Member, "wrong_password")]
    [DataRow("sessoes", "", "{}", Role.Member)]
    [DataRow("sessoes de", "{conta}", """{"usuário":"{conta}"}""", Role.Admin)]
    [DataRow("sessoes encerrar", "999999999", """{"sessão":999999999}""", Role.Member, "bad_arguments")]
    [DataRow("sessoes revogar", "{conta}", """{"usuário":"{conta}"}""", Role.Admin)]
    [DataRow("topico", "Bem-vindos", """{"texto":"Bem-vindos"}""", Role.Guest)]
    [DataRow("webhook entrada", "geral Jenkins", """{"sala":"geral","nome":"Jenkins"}""", Role.Admin)]
    [DataRow("webhook falhas", "nenhum", """{"id":"nenhum"}""", Role.Admin, "no_such_webhook")]
    [DataRow("webhook listar", "", "{}", Role.Admin)]
    [DataRow("webhook remover", "nenhum", """{"id":"nenhum"}""", Role.Admin, "no_such_webhook")]
    [DataRow("webhook repetir", "nenhum", """{"id":"nenhum"}""", Role.Admin, "no_such_webhook")]
    [DataRow("webhook saida", "geral ftp://nada", """{"sala":"geral","url":"ftp://nada"}""", Role.Admin, "bad_url")]
    public async Task EachCommandNeedsItsRole(
        string name, string words, string args, Role from, string refusal = "", bool inItsOwnRoom = false)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var caller = await CallerAsync(role);
            foreach (var answer in await AnswersAsync(caller, name, words, args, inItsOwnRoom))
                AssertAnswer(answer, role >= from, refusal, $"{role} {name}: {answer}");
            Assert.AreEqual(role >= from, await IsListedAsync(caller, name), $"{role}: {name} in the list");
        }
    }

    [TestMethod]
    public void EveryShippedCommandHasARow()
    {
        // The owner of a private room sets its limits, too, so no role decides who may: RetentionTests shows it.
        const string ByRoom = "retencao ";
        var rows = typeof(RoleTableTests)
            .GetMethod(nameof(EachCommandNeedsItsRole))!.GetCustomAttributes<DataRowAttribute>().Select(r => (string)r.Data[0]!);
        var names = users.Daemon.Get<CommandRegistry>().Current.Catalogue.Entries.Select(e => e.Descriptor.Name)
            .Where(name => !name.StartsWith(ByRoom, StringComparison.Ordinal));
        Assert.AreEqual(string.Join('\n', names.Order(StringComparer.Ordinal)), string.Join('\n', rows.Order(StringComparer.Ordinal)));
    }

    private static async Task<bool> IsListedAsync(TestClient caller, string name) =>
        (await caller.AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands())).Entries.Any(e => e.Name == name);

    /// <summary>To the typed command and to the frame.</summary>
    private static async Task<DaemonFrame[]> AnswersAsync(TestClient caller, string name, string words, string args, bool inItsOwnRoom)
    {
        var room = inItsOwnRoom ? TestUsers.NewName("minha") : "geral";
        if (inItsOwnRoom) await caller.ReplyAsync($"/privada {room}");
        var typed = await caller.AskAsync<DaemonFrame>(new ClientFrame.Message($"/{name} {await FilledAsync(words)}".TrimEnd(), room));
        if (name == "sair") await caller.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
        var arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(await FilledAsync(args));
        return [typed, await caller.AskAsync<DaemonFrame>(new ClientFrame.Command(name, arguments, room))];
    }

    private static void AssertAnswer(DaemonFrame answer, bool mayRun, string refusal, string shown)
    {
        // A countdown of another row may be there to cancel.
        if (!mayRun) Assert.AreEqual("forbidden", (answer as DaemonFrame.Error)?.Code, shown);
        else if (answer is DaemonFrame.Error error) Assert.AreEqual(refusal, error.Code, shown);
        else Assert.IsInstanceOfType<DaemonFrame.Reply>(answer, shown);
    }

    private static string NameOf(Role role) =>
        role switch { Role.Guest => TestUsers.NewName("gil"), Role.Admin => "admin", _ => role.ToString().ToLowerInvariant() };

    private static Task<TestClient> CallerAsync(Role role) => users.EnterAsync(NameOf(role), role);

    private static async Task<string> FilledAsync(string text)
    {
        text = text.Replace("{novo}", TestUsers.NewName("novo"), StringComparison.Ordinal);
        if (text.Contains("{alvo}", StringComparison.Ordinal))
        {
            var target = TestUsers.NewName("alvo");
            await users.EnterAsync(target);
            text = text.Replace("{alvo}", target, StringComparison.Ordinal);
        }
        if (!text.Contains("{conta}", StringComparison.Ordinal)) return text;
        var account = TestUsers.NewName("conta");
        await users.AccountAsync(account, Role.Member);
        return text.Replace("{conta}", account, StringComparison.Ordinal);
    }
}
