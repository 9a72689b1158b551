using Chat.Daemon.Commands;
using Chat.Daemon.Plugins;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests;

/// <summary>Folders of its own for shipped and dropped plugins, and a loader over them.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("chat-plugins-").FullName;
    private readonly PluginLoader loader;

    /// <param name="also">A further drop folder.</param>
    public Ground(TimeSpan? limit = null, Func<Ground, string>? also = null)
    {
        foreach (var folder in (string[])[Shipped, Dropped]) Directory.CreateDirectory(folder);
        var capabilities = new Capabilities().Add<IHelp>((context, _) => new Echo(context));
        var starter = new PluginStarter(capabilities, Log, TimeProvider.System) { Limit = limit ?? TimeSpan.FromSeconds(30) };
        loader = new(new(Shipped, also is null ? [Dropped] : [Dropped, also(this)], Staged), starter, Registry, catalogue => PermissionTable.For(catalogue), Log.CreateLogger<PluginLoader>());
    }

    public string Shipped => Path.Combine(root, "shipped");

    public string Dropped => Path.Combine(root, "dropped");

    public string Staged => Path.Combine(root, "staged");

    public CapturedLog Log { get; } = new();

    public CommandRegistry Registry { get; } = new();

    public IReadOnlyList<PluginSummary> Plugins => loader.Plugins;

    /// <summary>Lines that tell the operator that something is wrong.</summary>
    public IReadOnlyList<string> Complaints => [.. Log.Lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text)];

    public static string Fixture(string name, string? file = null) => Path.Combine(AppContext.BaseDirectory, "fixtures", name, file ?? name + ".dll");

    public Task LoadAsync() => loader.LoadAsync(CancellationToken.None);

    public ValueTask StopAsync() => loader.DisposeAsync();

    /// <summary>The fixture as a folder.</summary>
    /// <returns>Where its DLL lies.</returns>
    public static string PutFolder(string where, string fixture, string? name = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(where, name ?? fixture)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Fixture(fixture))!))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file).Replace(fixture, name ?? fixture, StringComparison.Ordinal)));
        return Path.Combine(target, (name ?? fixture) + ".dll");
    }

    public string Drop(string fixture, string? name = null) => PutFolder(Dropped, fixture, name);

    public string Ship(string fixture) => PutFolder(Shipped, fixture);

    /// <summary>A single DLL of these bytes.</summary>
    public void DropFile(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Dropped, name), bytes);

    public CatalogueEntry? Find(string command) => Registry.Current.Catalogue.Find(command);

    /// <summary>As an invocation would, without the checks before it.</summary>
    public async Task<string> RunAsync(string command, string caller = "ana")
    {
        var entry = Find(command)!;
        var context = new CommandContext { InvocationId = "1", Command = entry.Descriptor.Name, Caller = new("1", caller, Role.Guest) };
        using var lease = entry.Owner.TryLease()!;
        await using var scope = lease.CreateScope(context, null);
        return ((CommandResult.Reply)await entry.Descriptor.Invoke(context, scope.ServiceProvider, new([], [], []))).Text;
    }

    public async ValueTask DisposeAsync()
    {
        await loader.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)) new FileInfo(file).IsReadOnly = false;
        Directory.Delete(root, recursive: true);
    }

    /// <summary>A capability that shows whom it is bound to.</summary>
    private sealed class Echo(CommandContext bound) : IHelp
    {
        public string Overview(CommandContext context) => $"for {bound.Caller.Name}";

        public string? About(CommandContext context, string command) => null;

        public ValueTask<CommandResult> ExplainAsync(CommandContext context, string line) => ValueTask.FromResult<CommandResult>($"explained for {bound.Caller.Name}");
    }
}
