using Fixtures;

namespace Chat.Testing.Tests;

/// <summary>Each feature of a test, with a plugin that uses it once.</summary>
[TestClass]
public sealed class ChatTestTests
{
    [TestMethod]
    public async Task EveryNamedUserSeesACommandsMessage()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.User("bia").In("geral");
        (await chat.User("ana").In("geral").Sends("/gritar bom dia")).ShouldPost("BOM DIA").ShouldPost(text => text.Length > 3);
        Assert.AreEqual(new SeenMessage("ana", "BOM DIA", "geral", "gritar"), await bia.ShouldSee("BOM DIA"));
        await bia.ShouldSeeNothing();
        await chat.User("ana").ShouldSeeNothing();
    }

    [TestMethod]
    public async Task OnlyTheCallerSeesAReply()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.User("bia").In("geral");
        (await chat.User("ana").In("geral").Sends("/casas")).ShouldReply("São 3.").ShouldReplyWith("""{ "casas": 3 }""");
        (await chat.User("carl").Speaking("en").In("geral").Sends("/houses")).ShouldReply("There are 3.");
        await bia.ShouldSeeNothing();
    }

    [TestMethod]
    public async Task AnEphemeralResultIsANotice()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.User("bia").In("geral");
        (await chat.User("ana").In("geral").Sends("/acenar mão")).ShouldNotify("👋 mão");
        await bia.ShouldSeeNotice(text => text.EndsWith("mão", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("/esperar")]
    [DataRow("psiu", DisplayName = "a text that a filter drops")]
    public async Task AnEarlierNoticeIsNotTakenForTheAnswer(string line)
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var ana = chat.User("ana").In("geral");
        (await chat.User("bia").In("geral").Sends("/acenar mão")).ShouldNotify("👋 mão");
        (await ana.Sends("/lembrar 5m do café")).ShouldReply("Combinado.");
        chat.Time.Advance(TimeSpan.FromMinutes(5));
        (await ana.Sends(line)).ShouldReply("");
        await ana.ShouldSeeNotice("👋 mão");
        await ana.ShouldSeeNotice("do café");
    }

    [TestMethod]
    public async Task ChangesAreMadeAndSeen()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var (ana, bia) = (chat.User("ana").In("geral"), chat.User("bia").In("geral"));
        await ana.Sends("oi");
        var seen = await bia.ShouldSee("oi");
        (await bia.Replies(seen.Number, "olá")).ShouldPost("olá");
        Assert.AreEqual(seen.Number, (await ana.ShouldSee("olá")).RepliesTo);

        (await bia.Reacts(1, "👍")).ShouldChange();
        (await bia.Reacts(1, "👍")).ShouldChangeNothing();
        (await bia.TakesBack(1, "👍")).ShouldChange();
        await ana.ShouldSeeReaction(1, "👍");
        await ana.ShouldSeeChange(change => change.Kind == "unreact");
        (await ana.Edits(1, "bom dia")).ShouldChange("bom dia");
        Assert.AreEqual(new SeenChange("ana", 1, "edit", "bom dia", null, "geral"), await bia.ShouldSeeEdit("bom dia"));
        (await ana.Deletes(1)).ShouldChange();
        await bia.ShouldSeeDeletion(1);
        (await ana.Edits(1, "tarde")).ShouldBeRefused("no_such_message");
        await bia.ShouldSeeNothing();

        (await ana.To("bia").Sends("psiu!")).ShouldPost("psiu!");
        (await ana.Edits(1, "oi?")).ShouldChange();
        Assert.IsNull((await bia.ShouldSeeEdit("oi?")).Room);
    }

    [TestMethod]
    public async Task WhoIsTypingIsSeen()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var (ana, bia) = (chat.User("ana").In("geral"), chat.User("bia").In("geral"));
        await ana.Types();
        await bia.ShouldSeeTyping("ana");
        await bia.Types();
        chat.Time.Advance(TimeSpan.FromSeconds(2));
        await ana.ShouldSeeTyping("bia", "ana");
        (await ana.Sends("oi")).ShouldPost("oi");
        (await bia.Sends("oi")).ShouldPost("oi");
        chat.Time.Advance(TimeSpan.FromSeconds(2));
        await bia.ShouldSeeTyping();
    }

    [TestMethod]
    public async Task ADirectMessageReachesTheOtherUser()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.Member("bia");
        (await chat.User("ana").To("bia").Sends("oi")).ShouldPost("oi");
        Assert.AreEqual(new SeenMessage("ana", "oi", null, null), await bia.ShouldSee("oi"));
    }

    [TestMethod]
    public async Task RolesDecideWhoMayRunACommand()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var bia = chat.Moderator("bia").In("geral");
        (await chat.Member("ana").In("geral").Sends("/enxotar bia")).ShouldBeRefused("forbidden");
        (await bia.Sends("/enxotar ana")).ShouldReply("ana saiu.");
        await chat.User("ana").ShouldBeRemovedFrom("geral");
        (await chat.Admin().In("geral").Sends("/enxotar bia")).ShouldReply("bia saiu.");
        CollectionAssert.Contains((await bia.MayRun()).ToList(), "enxotar");
        CollectionAssert.DoesNotContain((await chat.User("ana").MayRun()).ToList(), "enxotar");
    }

    [TestMethod]
    public async Task RateLimitsFollowTheTestClock()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var ana = chat.User("ana").In("geral");
        await ana.Sends("/gritar um");
        await ana.Sends("/gritar dois");
        (await ana.Sends("/gritar três")).ShouldBeRefused("rate_limited");
        chat.Time.Advance(TimeSpan.FromSeconds(60));
        (await ana.Sends("/gritar quatro")).ShouldPost("QUATRO");
    }

    [TestMethod]
    public async Task HelpAndCompletionMatchTheUsersLanguage()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        Assert.Contains("Shouts.", await chat.User("carl").Speaking("en").In("geral").ReadsHelp("shout"));
        Assert.Contains("Grita.", await chat.User("ana").In("geral").ReadsHelp("gritar"));
        Assert.AreEqual("lenço mão", string.Join(' ', (await chat.User("ana").Completes("/acenar ")).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public async Task AUserWhoLeftComesBackOnlyWhenTold()
    {
        await using var chat = await ChatTest.With<VillageCommands>();
        var ana = chat.User("ana").In("geral");
        var bia = chat.User("bia").In("geral");
        await bia.Leaves();
        await ana.Sends("oi");
        (await bia.Enters()).ShouldReply(_ => true);
        await bia.ShouldSeeNothing();
    }

    [TestMethod]
    public async Task APluginsDependenciesAreCopied()
    {
        await using var chat = await ChatTest.With<Reminders>();
        (await chat.User("ana").In("geral").Sends("/palavra")).ShouldReply(word => word.Length > 0);
    }
}
