using System.Text.Json.Nodes;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Web;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Webhooks;

/// <summary>Programs write into a room at a secret address.</summary>
[TestClass]
public sealed class IncomingTests
{
    [TestMethod]
    [DataRow("""{"text":"Build 7 passed."}""", "application/json", "[Jenkins] Build 7 passed.")]
    [DataRow("""{"text":"Build 7 passed.","name":"CI ✓"}""", "application/json", "[CI ✓] Build 7 passed.")]
    [DataRow("""{"text":"a &lt; b","extra":{"deep":[1]}}""", "application/x-www-form-urlencoded", "[Jenkins] a &lt; b")]
    [DataRow("""{"text":"uma\nduas"}""", "application/json", "[Jenkins] uma\nduas")]
    public async Task ATextOfAProgramAppearsInTheRoom(string body, string type, string shown)
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (ana, (_, path)) = (await daemon.Users.EnterAsync("ana"), await daemon.InAsync());
        var answer = await daemon.PostAsync(path, body, type);
        var message = await ana.ExpectAsync<DaemonFrame.Message>();
        Assert.AreEqual(("webhooks", shown), (message.From, message.Text));
        Assert.AreEqual($$"""200 {"seq":{{message.Seq}}}""", answer);
    }

    [TestMethod]
    [DataRow("""{"text":"Ver <https://example.org/7|build 7> &amp; <https://example.org>","username":"Grafana"}""",
        "[Grafana] Ver build 7 (https://example.org/7) & https://example.org")]
    [DataRow("""{"channel":"#x","icon_emoji":":x:","text":"<!here> a &lt; b"}""", "[Jenkins] here a < b")]
    [DataRow("""{"attachments":[{"title":"Fora do ar","text":"db-1","color":"red"},{"fallback":"resumo"}]}""",
        "[Jenkins] Fora do ar\ndb-1\nresumo")]
    public async Task SlacksSendersAreUnderstood(string body, string shown)
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (ana, (_, path)) = (await daemon.Users.EnterAsync("ana"), await daemon.InAsync());
        Assert.AreEqual("200 ok", await daemon.PostAsync(path, body));
        Assert.AreEqual(shown, (await ana.ExpectAsync<DaemonFrame.Message>()).Text);
        var form = "payload=" + Uri.EscapeDataString(body) + "&x=1";
        Assert.AreEqual("200 ok", await daemon.PostAsync(path, form, "application/x-www-form-urlencoded"));
        Assert.AreEqual(shown, (await ana.ExpectAsync<DaemonFrame.Message>()).Text);
    }

    [TestMethod]
    public async Task ATextAnswersAMessage()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (ana, (_, path)) = (await daemon.Users.EnterAsync("ana"), await daemon.InAsync());
        var asked = await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("deploy?", "geral"));
        await daemon.PostAsync(path, $$"""{"text":"feito","reply":{{asked.Seq}}}""");
        Assert.AreEqual(asked.Seq, (await ana.ExpectAsync<DaemonFrame.Message>()).ReplyTo);
        Assert.AreEqual("404 no_such_message", await daemon.PostAsync(path, """{"text":"feito","reply":99}"""));
    }

    [TestMethod]
    public async Task WhatIsWrongIsRefusedWithACode()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (_, path) = await daemon.InAsync();
        foreach (var (body, refusal) in new[]
        {
            ("", "400 bad_body"), ("oi", "400 bad_body"), ("[]", "400 bad_body"), ("null", "400 bad_body"), ("payload=", "400 bad_body"),
            ("""{"text":7}""", "400 bad_body"), ("""{"text":"oi","reply":"x"}""", "400 bad_body"),
            ("{}", "400 text_empty"), ("""{"text":" "}""", "400 text_empty"), ("""{"text":"\u200B"}""", "400 text_empty"),
            ("""{"text":"a\u0007"}""", "400 bad_arguments"), ($$"""{"text":"{{new string('a', 4_000)}}"}""", "400 text_too_long"),
            ("""{"text":"oi","name":""}""", "400 bad_name"), ("""{"text":"oi","name":"a] admin: [b"}""", "400 bad_name"),
            ("""{"text":"oi","name":"a\u202Eb"}""", "400 bad_name"), ("""{"text":"oi","name":"a\nb"}""", "400 bad_name"),
            ($$"""{"text":"oi","username":"{{new string('a', 41)}}"}""", "400 bad_name"),
            (new string('a', 70_000), "413 body_too_large"),
        }) Assert.AreEqual(refusal, await daemon.PostAsync(path, body), body[..Math.Min(40, body.Length)]);
        await daemon.Admin.TypeAsync("/mute webhooks 10m");
        Assert.AreEqual("403 muted", await daemon.PostAsync(path, """{"text":"oi"}"""));
    }

    [TestMethod]
    public async Task AnUnknownSecretTellsNothing()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (mara, (id, removed)) = (await daemon.Users.EnterAsync("mara", Role.Moderator), await daemon.InAsync());
        await mara.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("obras"));
        await daemon.Admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("obras"));
        var (_, ofDeleted) = await daemon.InAsync("obras");
        await daemon.Admin.ReplyAsync($"/webhook remove {id}");
        await mara.RefusalAsync("/sala apagar obras"); // asks for a confirmation
        await mara.ReplyAsync("/sala apagar obras");
        await daemon.ListsAsync(list => !list.Contains("obras", StringComparison.Ordinal));
        var answers = new HashSet<string>();
        foreach (var path in new[] { removed, ofDeleted, "webhooks/in/a", removed + "x", "webhooks/in/%2F" })
        {
            foreach (var body in new[] { "", """{"text":"oi"}""" })
            {
                using var answer = await daemon.AskAsync(path, body);
                var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date")
                    .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
                answers.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {string.Join('\n', headers)}");
            }
        }
        Assert.HasCount(1, answers, string.Join('\n', answers));
        Assert.StartsWith("404 {\"type\":\"error\",\"code\":\"no_such_webhook\"", answers.Single());
    }

    [TestMethod]
    public async Task ASecretIsOnlyInItsReply()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (id, path) = await daemon.InAsync();
        var secret = path.Split('/')[^1];
        Assert.AreEqual(43, secret.Length); // 256 bits
        await daemon.PostAsync(path, """{"text":"oi"}""");
        await daemon.PostAsync(path, "broken");
        Assert.DoesNotContain(secret, await daemon.Admin.TypeAsync("/webhook list"));
        var audited = await daemon.Admin.TypeAsync("/auditoria admin");
        Assert.Contains("webhook entrada", audited);
        Assert.DoesNotContain(secret, audited);
        await daemon.Users.Daemon.StopAsync();
        // The web server's own lines below warnings are not logged: see nlog.config.
        foreach (var logged in daemon.Log.Lines.Where(line => !line.StartsWith("Information Microsoft.", StringComparison.Ordinal)))
            Assert.DoesNotContain(secret, logged);
        Assert.IsEmpty(StoredBytes.With(secret, daemon.Users.Daemon.Folder));
        Assert.IsNotEmpty(StoredBytes.With(id, daemon.Users.Daemon.Folder)); // or nothing would be found
    }

    [TestMethod]
    public async Task EachWebhookHasItsPace()
    {
        await using var daemon = await HookDaemon.StartAsync("""{ "perMinute": 3 }""");
        var ((_, fast), (_, other)) = (await daemon.InAsync(), await daemon.InAsync());
        for (var i = 0; i < 3; i++) Assert.StartsWith("200", await daemon.PostAsync(fast, """{"text":"oi"}"""));
        using var refused = await daemon.AskAsync(fast, """{"text":"oi"}""");
        Assert.AreEqual("429 rate_limited", await RouteVisitor.ShowAsync(refused));
        Assert.AreEqual("20", refused.Headers.GetValues("Retry-After").Single());
        Assert.StartsWith("200", await daemon.PostAsync(other, """{"text":"oi"}"""));
        daemon.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.StartsWith("200", await daemon.PostAsync(fast, """{"text":"oi"}"""));
        Assert.AreEqual("429 rate_limited", await daemon.PostAsync(fast, """{"text":"oi"}"""));
    }

    [TestMethod]
    public async Task ItOutlivesARestart()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (_, path) = await daemon.InAsync();
        await daemon.RestartAsync();
        Assert.StartsWith("200", await daemon.PostAsync(path, """{"text":"oi"}"""));
        Assert.AreEqual("[Jenkins] oi", (await daemon.Admin.ExpectAsync<DaemonFrame.Message>()).Text);
    }

    [TestMethod]
    public async Task OnlyAdminsMakeOnes()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var mara = await daemon.Users.EnterAsync("mara", Role.Moderator);
        string[] lines = ["/webhook in geral x", "/webhook out geral https://example.org", "/webhook list", "/webhook remove x"];
        foreach (var line in lines)
            Assert.AreEqual("forbidden", await mara.TypeAsync(line));
        Assert.AreEqual("bad_name", await daemon.Admin.TypeAsync("/webhook in geral [x]"));
        Assert.AreEqual("no_such_room", await daemon.Admin.TypeAsync("/webhook in nenhuma x"));
    }

    [TestMethod]
    public async Task TheOperatorClosesAllOfThem()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var (_, path) = await daemon.InAsync();
        await daemon.Admin.ReplyAsync("/permission set webhook.in admin");
        Assert.AreEqual("401 not_logged_in", await daemon.PostAsync(path, """{"text":"oi"}"""));
    }

    [TestMethod]
    public async Task ATakenNameOfTheBotIsToldToTheAdmin()
    {
        await using var daemon = await HookDaemon.StartAsync("""{ "bot": "gancho" }""");
        await daemon.Users.AccountAsync("gancho", Role.Member);
        Assert.AreEqual("name_taken", await daemon.Admin.TypeAsync("/webhook in geral x"));
        Assert.AreEqual("There are no webhooks.", await daemon.Admin.TypeAsync("/webhook list"));
    }
}
