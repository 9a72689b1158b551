using System.Security.Cryptography;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Tests.Storage;

/// <summary>What must never come back after a power loss is on the disk, although messages do not wait for it here.</summary>
[TestClass]
public sealed class DurableChangesTests : IAsyncDisposable
{
    private const long Full = 2, Normal = 1;

    private readonly TestDatabase database = new();

    public TestContext TestContext { get; set; } = null!;

    private AccountStore Accounts => new(database.Writer, database.Readers, TimeProvider.System);

    private SessionStore Sessions => new(database.Writer, database.Readers, TimeProvider.System);

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [TestMethod]
    public async Task AccountsPasswordsAndRolesAreOnTheDisk()
    {
        Assert.AreEqual(Full, await SynchronousOfAsync(() => Accounts.CreateAsync(Name("ana"), Role.Admin, "one", invitation: null)));
        Assert.AreEqual(Full, await SynchronousOfAsync(() => Accounts.SetPasswordAsync(1, "another")));
        Assert.AreEqual(Full, await SynchronousOfAsync(() => Accounts.SetRoleAsync(1, Role.Admin)));
    }

    [TestMethod]
    public async Task RevokedTokensAreOnTheDisk()
    {
        var session = await Sessions.AddAsync(RandomNumberGenerator.GetBytes(32), Name("ana"), account: 1, lang: null);
        Assert.AreEqual(Full, await SynchronousOfAsync(() => Sessions.EndOthersAsync(session.Id + 1, account: 1)));
        Assert.AreEqual(Full, await SynchronousOfAsync(() => Sessions.EndAsync(session.Id)));
        Assert.AreEqual(Normal, await SynchronousOfAsync(() => Sessions.MarkAsync([new SessionMark(session.Id, 0, Held: true)])));
    }

    [TestMethod]
    public async Task BansMutesAndPermissionsAreOnTheDisk()
    {
        using var bans = new Bans(database.Writer, database.Readers, TimeProvider.System);
        using var mutes = new Mutes(database.Writer, database.Readers, TimeProvider.System);
        using var permissions = new RuntimePermissions(database.Writer, database.Readers);
        var ban = new Ban("a1", "ana", null, null, "", "bia", Role.Admin);
        var ana = new ChatUser(Identity.OfAccount(1), Name("ana"), Role.Member);
        Assert.AreEqual(Full, await SynchronousOfAsync(() => bans.BanAsync(ban)));
        Assert.AreEqual(Full, await SynchronousOfAsync(() => bans.UnbanAsync(_ => true)));
        Assert.AreEqual(Full, await SynchronousOfAsync(() => mutes.AddAsync(ana, null, 0, TimeSpan.FromDays(1), "", "bia")));
        Assert.AreEqual(Full, await SynchronousOfAsync(() => mutes.LiftAsync(new(ana, 0, null), 0)));
        Assert.AreEqual(
            Full, await SynchronousOfAsync(() => permissions.SetAsync(new RuntimePermission("room.kick", null, Role.Admin), () => { })));
    }

    /// <summary>SQLite's setting in the change's transaction, read by a write in the same one that does not ask for the disk.</summary>
    private async Task<long> SynchronousOfAsync(Func<Task> change)
    {
        Task changing;
        Task<long> setting;
        var commits = database.Writer.Commits;
        await using (await database.HoldWriterAsync())
        {
            changing = change();
            Assert.AreEqual(1, database.Writer.Queued);
            setting = database.Writer.WriteLikeMessagesAsync(connection => Sql.Number(connection, "PRAGMA synchronous"));
        }
        await changing;
        var synchronous = await setting;
        Assert.AreEqual(commits + 2, database.Writer.Commits, "the gate's, and one for both");
        return synchronous;
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);
}
