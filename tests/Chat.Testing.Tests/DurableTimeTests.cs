using Fixtures;

namespace Chat.Testing.Tests;

/// <summary>Time under the test's clock: jobs that outlive the plugin and the daemon, and loops of a plugin's own.</summary>
[TestClass]
public sealed class DurableTimeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [TestMethod]
    public async Task AJobRunsOnceAtItsTime()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.User("ana");
        (await ana.In("geral").Sends("/acordar 90m café")).ShouldReply("Combinado.");
        await chat.Advances(TimeSpan.FromMinutes(89));
        await ana.ShouldSeeNothing();
        await chat.Advances(Hour);
        await ana.ShouldSeeNotice("café 13:30 13:30");
        await chat.Advances(2 * Hour);
        await ana.ShouldSeeNothing();
        (await ana.Sends("/dormir")).ShouldReply("0 esquecidos.");
    }

    [TestMethod]
    public async Task AJobSurvivesASwap()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.User("ana").In("geral");
        (await ana.Sends("/acordar 1h chá")).ShouldReply("Combinado.");
        await chat.Replaces("tower");
        await chat.Advances(Hour);
        await ana.ShouldSeeNotice("chá 13:00 13:00");
        await chat.Replaces("tower");
        await chat.Advances(Hour);
        await ana.ShouldSeeNothing();
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobThatARestartCancelsRunsAgain()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.Member("ana").In("geral");
        (await ana.Sends("/acordar 1h demorar")).ShouldReply("Combinado.");
        chat.Time.Advance(Hour); // not Advances, which would wait for its end
        await ana.ShouldSeeNotice("demora");
        await chat.Restarts();
        await ana.Enters();
        await chat.Settles();
        (await ana.Sends("/dormir")).ShouldReply("0 esquecidos.");
        (await ana.Sends("/demoras")).ShouldReply("2");
    }

    [TestMethod]
    public async Task AJobSurvivesARestart()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.Member("ana").In("geral");
        (await ana.Sends("/acordar 1h bolo")).ShouldReply("Combinado.");
        (await ana.Sends("/acordar 3h suco")).ShouldReply("Combinado.");
        await chat.Restarts();
        await ana.Enters();
        await chat.Settles();
        await ana.ShouldSeeNothing();
        await chat.Advances(2 * Hour);
        await ana.ShouldSeeNotice("bolo 13:00 13:00");
        await chat.Restarts();
        await ana.Enters();
        await chat.Advances(Hour);
        await ana.ShouldSeeNotice("suco 15:00 15:00");
        await ana.ShouldSeeNothing();
    }

    [TestMethod]
    public async Task WhatWasDueWhileNoVersionRanRunsOnceAfterwards()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var (ana, admin) = (chat.Member("ana").In("geral"), chat.Admin().In("geral"));
        (await ana.Sends("/acordar 1h pão")).ShouldReply("Combinado.");
        (await ana.Sends("/despertador \"0 */2 * * *\"")).ShouldReply("Combinado.");
        (await admin.Sends("/plugins disable tower")).ShouldReply(_ => true);
        await chat.Advances(3 * Hour);
        await ana.ShouldSeeNothing();
        (await admin.Sends("/plugins enable tower")).ShouldReply(_ => true);
        await chat.Settles();
        await ana.ShouldSeeNotice("pão 13:00 15:00");
        await ana.ShouldSeeNotice("dia 14:00 15:00");
        await chat.Advances(Hour);
        await ana.ShouldSeeNotice("dia 16:00 16:00");
        await ana.ShouldSeeNothing();
    }

    [TestMethod]
    public async Task ARepeatedJobKeepsItsTimesAndSurvivesItsOwnFailures()
    {
        await using var chat = await ChatTest.With<TowerCommands>().AllowingErrors();
        var ana = chat.Member("ana").In("geral");
        (await ana.Sends("/despertador \"30 * * * *\"")).ShouldReply("Combinado.");
        (await ana.Sends("/acordar 1m quebrar")).ShouldReply("Combinado.");
        (await ana.Sends("/despertador \"30 9 31 2 *\"")).ShouldBeRefused("command_failed");
        await chat.Advances(Hour);
        await ana.ShouldSeeNotice("dia 12:30 12:30");
        Assert.IsTrue(chat.Log.Any(line => line.Contains("Job failed: ", StringComparison.Ordinal)));
        await chat.Advances(Hour);
        await ana.ShouldSeeNotice("dia 13:30 13:30");
        (await ana.Sends("/dormir")).ShouldReply("1 esquecidos.");
        await chat.Advances(Hour);
        await ana.ShouldSeeNothing();
    }

    [TestMethod]
    public async Task AJobThatIsTooLargeIsRefused()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.User("ana").In("geral");
        (await ana.Sends($"/acordar 1h {new string('a', 300)}")).ShouldBeRefused("bad_arguments");
        (await ana.Sends("/encher 65536")).ShouldBeRefused("bad_arguments");
        (await ana.Sends("/dormir")).ShouldReply("0 esquecidos.");
        (await ana.Sends("/encher 65400")).ShouldReply("Combinado.");
        (await ana.Sends("/dormir")).ShouldReply("1 esquecidos.");
    }

    [TestMethod]
    public async Task AJobMayWaitForTheClock()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.User("ana").In("geral");
        (await ana.Sends("/acordar 1h cochilar")).ShouldReply("Combinado.");
        await chat.Advances(2 * Hour);
        await ana.ShouldSeeNotice("cochilar 13:00 13:00");
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobThatFailsOrHangsIsReportedAndDoesNotRunAgain()
    {
        await using var chat = await ChatTest.With<TowerCommands>().AllowingErrors();
        var (ana, admin) = (chat.User("ana").In("geral"), chat.Admin("admin"));
        (await ana.Sends("/acordar 1m quebrar")).ShouldReply("Combinado.");
        (await ana.Sends("/acordar 1h roncar")).ShouldReply("Combinado.");
        await chat.Advances(TimeSpan.FromMinutes(59));
        Assert.IsTrue(chat.Log.Any(line => line.Contains("Job failed: ", StringComparison.Ordinal)));
        while (!chat.Log.Any(line => line.Contains(":roncar of Fixtures.Alarm of plugin tower ran for 60 s.", StringComparison.Ordinal)))
        {
            chat.Time.Advance(TimeSpan.FromSeconds(10)); // not Advances, which would wait for its end
            await Task.Yield();
        }
        await chat.Settles();
        (await ana.Sends("/dormir")).ShouldReply("0 esquecidos.");
        (await admin.In("geral").Sends("/plugins")).ShouldReply(text => text.Contains("2 falhas", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task TheTimerOfALoopThatIsSetOnTheWayFires()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.User("ana").In("torre");
        await ana.Enters();
        await chat.Advances(Hour);
        for (var count = 1; count <= 6; count++) await ana.ShouldSeeNotice($"cuco {count}");
        await ana.ShouldSeeNothing();
    }

    [TestMethod]
    public async Task AGuestGoesOnWithItsSessionAfterARestart()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var (ana, bia) = (chat.User("ana").In("geral"), chat.User("bia").In("geral"));
        (await ana.Sends("/acordar 5m sol")).ShouldReply("Combinado.");
        await chat.Restarts();
        await ana.Enters();
        (await bia.Sends("oi")).ShouldPost("oi");
        await ana.ShouldSee("oi");
        await chat.Advances(TimeSpan.FromMinutes(5));
        await ana.ShouldSeeNotice("sol 12:05 12:05");
    }

    [TestMethod]
    public async Task APluginWithJobsAndALoopIsCollected()
    {
        await using var chat = await ChatTest.With<TowerCommands>();
        var ana = chat.User("ana").In("geral");
        (await ana.Sends("/acordar 1m um")).ShouldReply("Combinado.");
        (await ana.Sends("/acordar 9h dois")).ShouldReply("Combinado.");
        (await ana.Sends("/piscar")).ShouldReply("Combinado.");
        await chat.Advances(TimeSpan.FromMinutes(2));
        await chat.Replaces("tower");
        await chat.Advances(TimeSpan.FromMinutes(1));
        await chat.ShouldUnloadCleanly();
    }
}
