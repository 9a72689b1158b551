namespace Chat.Daemon.Tests.Storage;

/// <summary>Tests of a store, each with a database of its own. Those of a derived class run on PostgreSQL.</summary>
public abstract class StoreTests : IAsyncDisposable
{
    private TestDatabase? database;

    public TestContext TestContext { get; set; } = null!;

    private protected TestDatabase Database => database ?? throw new InvalidOperationException("not opened yet");

    private protected CancellationToken Stop => TestContext.CancellationToken;

    private protected virtual Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(new TestDatabase());

    [TestInitialize]
    public async Task OpenAsync() => database = await NewDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
