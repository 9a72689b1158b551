using System.Collections.Immutable;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins;

/// <summary>Finds, inspects and starts plugins, and puts their commands into force. What is wrong with one is one line of the log; the daemon and the others go on.</summary>
/// <param name="permissions">Who may run what of a catalogue, by the settings in force.</param>
internal sealed partial class PluginLoader(
    PluginPlaces places, PluginStarter starter, CommandRegistry registry, Func<CommandCatalogue, PermissionTable> permissions, ILogger<PluginLoader> log) : IPluginInventory, IAsyncDisposable
{
    /// <summary>The sessions have ended by then, and cancelled what they had begun.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250), Grace = TimeSpan.FromSeconds(1);

    private readonly PluginStage stage = new(places.Staged);
    private readonly PluginListing listing = new();
    private readonly CataloguePublisher catalogue = new(registry, permissions);
    private ImmutableList<PluginGeneration> active = [];

    /// <summary>Also those that were not taken, by id.</summary>
    public IReadOnlyList<PluginSummary> Plugins => listing.Summaries;

    /// <summary>Loads everything that lies in the plugins' places now; called once.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var candidates = Sources().Select(Inspect).OfType<PluginCandidate>().ToList();
        foreach (var rivals in candidates.GroupBy(c => c.Manifest.Id, StringComparer.OrdinalIgnoreCase))
            await StartOneOfAsync([.. rivals], cancellation);
        Prune(candidates);
    }

    /// <summary>Puts changed settings into force.</summary>
    public void RefreshPermissions() => catalogue.Refresh();

    /// <summary>Takes the plugins' commands away and stops all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopped = Interlocked.Exchange(ref active, []);
        catalogue.Remove(stopped);
        await Task.WhenAll(stopped.Select(generation => generation.StopAsync(Patience, Grace)));
    }

    /// <summary>The shipped ones first: no dropped one takes a command away from them by its name.</summary>
    private IEnumerable<PluginSource> Sources()
    {
        var shipped = FullPath(places.Shipped);
        var dropped = places.Dropped.Select(FullPath).Distinct().Where(folder => folder != shipped);
        foreach (var (folder, origin) in dropped.Select(f => (f, PluginOrigin.Dropped)).Prepend((shipped, PluginOrigin.Shipped)))
        {
            var scan = FolderScan.Of(folder, origin);
            if (scan.Problem is { } problem) FolderRefused(Printable.Escape(folder), problem);
            foreach (var source in scan.Sources) yield return source;
        }
    }

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private PluginCandidate? Inspect(PluginSource source)
    {
        PluginManifest? manifest = null;
        try
        {
            listing.Set(source, null, "discovered");
            var staged = stage.Stage(source);
            using var file = AssemblyFile.Open(staged.Assembly);
            manifest = ManifestReader.Read(file.Metadata);
            if (manifest.Problem is { } problem) throw new PluginRefusedException(problem);
            var remark = ReferenceCheck.Check(staged, file);
            listing.Set(source, manifest, "inspected");
            return new(source, staged, manifest, remark);
        }
        catch (Exception failure) // damaged metadata may throw anything
        {
            Refuse(source, manifest, failure as PluginRefusedException ?? new(Printable.Escape($"It can't be read, or is damaged: {failure.Message}"), failure));
            return null;
        }
    }

    /// <summary>Of several with one id the first that was dropped; the shipped one where that does not start.</summary>
    private async Task StartOneOfAsync(List<PluginCandidate> rivals, CancellationToken cancellation)
    {
        var (shipped, dropped) = (rivals.Find(c => c.Source.Origin is PluginOrigin.Shipped), rivals.Find(c => c.Source.Origin is PluginOrigin.Dropped));
        foreach (var other in rivals.Where(c => c != shipped && c != dropped))
            Refuse(other.Source, other.Manifest, new($"Its id {other.Manifest.Id} is also that of {Printable.Escape((dropped ?? shipped)!.Source.Path)}: remove one of them."));
        if (dropped is not null && await StartAsync(dropped, shipped is null ? null : $"In place of the shipped {shipped.Manifest.Version}.", cancellation))
        {
            if (shipped is not null) listing.Remove(shipped.Source);
        }
        else if (shipped is not null)
        {
            await StartAsync(shipped, dropped is null ? null : $"The dropped {dropped.Manifest.Version} did not start.", cancellation);
        }
    }

    private async Task<bool> StartAsync(PluginCandidate candidate, string? note, CancellationToken cancellation)
    {
        var (source, manifest) = (candidate.Source, candidate.Manifest);
        try
        {
            listing.Set(source, manifest, "starting");
            var generation = await starter.StartAsync(candidate, cancellation);
            await PublishAsync(generation);
            note = string.Join(' ', new[] { note, candidate.Remark }.OfType<string>());
            listing.Set(source, manifest, "active", note.Length == 0 ? null : note);
            Active(manifest.Id, manifest.Version, Printable.Escape(source.Path), generation.Commands.Count, note);
            return true;
        }
        catch (PluginRefusedException refused)
        {
            Refuse(source, manifest, refused);
            return false;
        }
    }

    private async Task PublishAsync(PluginGeneration generation)
    {
        if (catalogue.Add(generation) is { } problem)
        {
            await generation.StopAsync(TimeSpan.Zero, Grace);
            throw new PluginRefusedException(Printable.Escape(problem));
        }
        ImmutableInterlocked.Update(ref active, all => all.Add(generation));
    }

    private void Refuse(PluginSource source, PluginManifest? manifest, PluginRefusedException refused)
    {
        listing.Set(source, manifest, "faulted", refused.Message);
        Refused(PluginFailure.Of(refused.InnerException), manifest?.Id ?? Printable.Escape(source.Name), Printable.Escape(source.Path), refused.Message);
    }

    private void Prune(List<PluginCandidate> used)
    {
        try
        {
            stage.Prune(used.Select(c => c.Staged));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            NotPruned(failure, Printable.Escape(places.Staged));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} from {Path} is active, with {Count} commands. {Note}")]
    private partial void Active(string plugin, string version, string path, int count, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} from {Path} is not loaded. {Reason}")]
    private partial void Refused(Exception? cause, string plugin, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Folder of plugins {Path} is not used. {Reason}")]
    private partial void FolderRefused(string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old copies of plugins in {Path} can't be deleted.")]
    private partial void NotPruned(Exception failure, string path);
}
