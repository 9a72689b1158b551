using Chat.Daemon.Plugins.Resources;
using Chat.Daemon.Sessions;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Tests.Messages;

/// <summary>The accounts of plugins: whom a name belongs to, and what an admin can do about them.</summary>
[TestClass]
public sealed class BotAccountTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task CallsForOneNameAtOnceGetOneAccount()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        var bots = container.GetRequiredService<IBots>();
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => bots.EnsureAsync("eco", Cancellation))));
        Assert.ContainsSingle(all.Select(bot => bot.User.Id).Distinct());
    }

    [TestMethod]
    public async Task ALoginInProgressDoesNotHideTheAccount()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        var bots = container.GetRequiredService<IBots>();
        var id = (await bots.EnsureAsync("eco", Cancellation)).User.Id;
        Assert.IsTrue(users.Daemon.Get<SessionRegistry>().TryClaim(TestUsers.Name("eco"), new()));
        Assert.AreEqual(id, (await bots.EnsureAsync("eco", Cancellation)).User.Id);
    }

    [TestMethod]
    public async Task AGuestKeepsTheNameThatABotWants()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        await users.EnterAsync("eco");
        Assert.AreEqual("name_taken", await CodeAsync(container.GetRequiredService<IBots>().EnsureAsync("eco", Cancellation)));
    }

    [TestMethod]
    public async Task ABannedBotIsSilent()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        var (admin, bot) = (await users.AdminAsync(), await container.GetRequiredService<IBots>().EnsureAsync("eco", Cancellation));
        var room = await RoomAsync(container);
        var number = await bot.SendAsync(room, "oi", Cancellation);
        await admin.ReplyAsync("/ban eco 1h spam");
        Assert.AreEqual("banned", await CodeAsync(bot.SendAsync(room, "oi", Cancellation)));
        Assert.AreEqual("banned", await CodeAsync(bot.EditAsync(room, number, "olá", Cancellation)));
        await admin.ReplyAsync("/unban eco");
        await bot.SendAsync(room, "voltei", Cancellation);
    }

    [TestMethod]
    public async Task ABotIsNotTheAdminThatIsLeft()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        var (admin, bots) = (await users.AdminAsync(), container.GetRequiredService<IBots>());
        await bots.EnsureAsync("eco", Cancellation);
        await admin.ReplyAsync("/papel eco admin");
        Assert.AreEqual(Role.Admin, (await bots.EnsureAsync("eco", Cancellation)).User.Role);
        Assert.AreEqual("forbidden", (await admin.RefusalAsync("/papel admin membro")).Code);
        var data = Path.Combine(users.Daemon.Folder, "data");
        var (status, _, error) = await ProgramInTest.RunAsync(["account", "erase", "admin", "--yes", "--data", data]);
        Assert.AreNotEqual(0, status);
        Assert.Contains("is the last admin", error);
        await users.EnterAsync("admin", Role.Admin);
        await admin.ReplyAsync("/papel eco membro");
    }

    [TestMethod]
    public async Task ABotGetsNoPassword()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        await container.GetRequiredService<IBots>().EnsureAsync("eco", Cancellation);
        string[] reset = ["account", "password", "eco", "--data", Path.Combine(users.Daemon.Folder, "data")];
        const string refusal = "eco belongs to a plugin: nobody logs in to it, so it has no password.\n";
        Assert.AreEqual((2, "", refusal), await ProgramInTest.RunAsync(reset));
        await users.Daemon.StopAsync();
        Assert.AreEqual((2, "", refusal), await ProgramInTest.RunAsync(reset));
    }

    [TestMethod]
    public async Task TheIdOfAUserOrRoomCountsNotTheName()
    {
        await using var users = await TestUsers.StartAsync();
        await using var container = ContainerOf(users);
        await users.EnterAsync("gil");
        var bot = await container.GetRequiredService<IBots>().EnsureAsync("eco", Cancellation);
        var directory = container.GetRequiredService<IDirectory>();
        var (gil, room) = ((await directory.FindUserAsync("gil", Cancellation))!, await RoomAsync(container));
        await bot.SendAsync(gil, "oi", Cancellation);
        Assert.AreEqual("no_such_user", await CodeAsync(bot.SendAsync(gil with { Id = "g999" }, "oi", Cancellation)));
        Assert.AreEqual("no_such_room", await CodeAsync(bot.SendAsync(room with { Id = "999" }, "oi", Cancellation)));
        Assert.HasCount(1, await directory.ListPresentAsync(room, Cancellation));
        Assert.IsEmpty(await directory.ListPresentAsync(room with { Id = "999" }, Cancellation));
    }

    private async Task<Room> RoomAsync(ServiceProvider container) =>
        (await container.GetRequiredService<IDirectory>().FindRoomAsync("geral", Cancellation))!;

    private static async Task<string> CodeAsync(Task call) => (await Assert.ThrowsExactlyAsync<RefusalException>(() => call)).Code;

    private static ServiceProvider ContainerOf(TestUsers users)
    {
        var services = new ServiceCollection();
        users.Daemon.Get<CapabilityTable>().AddTo(services, "herald");
        return services.BuildServiceProvider();
    }
}
