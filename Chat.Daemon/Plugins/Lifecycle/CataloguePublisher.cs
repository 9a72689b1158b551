using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Publishes command catalogues, one change at a time. Safe from any thread.</summary>
/// <param name="policy">Called under the lock.</param>
/// <param name="commandNames">The operator's names for commands.</param>
internal sealed partial class CataloguePublisher(
    CommandRegistry commandRegistry, HandlerOffers offers, PermissionPolicy policy, CommandNames commandNames,
    ILogger<CataloguePublisher> log)
{
    private readonly Lock gate = new(); // makes reading and swapping one step

    /// <summary>Adds all commands and hooks of a generation and removes those of the one before it, in one step.</summary>
    /// <param name="before">Null if the generation is the first.</param>
    /// <returns>Why nothing was changed; null on success.</returns>
    public LocalizedText? Replace(PluginGeneration? before, PluginGeneration generation)
    {
        lock (gate)
        {
            var current = commandRegistry.Current;
            var catalogue = CatalogueWith(before, generation);
            if (ProblemOf(catalogue) is { } problem) return problem;
            foreach (var (command, alias, taker) in LostAliases(Others(before), generation))
                LogAliasTaken(generation.Id, alias, command.Descriptor.Name, taker.Owner.Id);
            Swap(catalogue, current.Hooks.Without(before is null ? [] : [before.Hooks]).With(generation.Hooks));
            offers.Offer(at => new PluginChanged(at, generation.Id, generation.Version, before?.Version));
            return null;
        }
    }

    /// <summary>
    /// Names the command of another plugin that has the name of one of the plugin's; null if all are free. <see cref="Replace"/> checks
    /// again, because a name may be taken while the plugin starts. An alias that is taken is only left out.
    /// </summary>
    public LocalizedText? ConflictOf(PluginManifest manifest, PluginGeneration? before)
    {
        var others = commandRegistry.Current.Catalogue;
        foreach (var name in manifest.Commands.Select(command => commandNames.NameOf(manifest.Id, command.Name)))
        {
            if (others.Find(name) is { } entry && entry.Owner != before?.Owner)
                return LocalizedText.Of(t => t.NameTaken(name, entry.Descriptor.Name, entry.Owner.Id));
        }

        return null;
    }

    /// <summary>Why <see cref="Replace"/> would change nothing now; null if it would succeed.</summary>
    public LocalizedText? ProblemOf(PluginGeneration? before, PluginGeneration generation) => ProblemOf(CatalogueWith(before, generation));

    public void Remove(IReadOnlyCollection<PluginGeneration> generations)
    {
        lock (gate)
        {
            var current = commandRegistry.Current;
            var left = current.Catalogue.Entries.Where(e => generations.All(g => g.Owner != e.Owner));
            Swap(CommandCatalogue.Of(left), current.Hooks.Without([.. generations.Select(g => g.Hooks)]));
            foreach (var gone in generations) offers.Offer(at => new PluginChanged(at, gone.Id, null, gone.Version));
        }
    }

    /// <summary>Applies changed permissions.</summary>
    public void Refresh()
    {
        lock (gate) Swap(commandRegistry.Current.Catalogue, commandRegistry.Current.Hooks);
    }

    private CommandCatalogue CatalogueWith(PluginGeneration? before, PluginGeneration generation)
    {
        var others = Others(before);
        var lost = LostAliases(others, generation).ToLookup(one => one.Command.Descriptor.Name, one => one.Alias);
        var own = generation.Commands.Select(commandNames.Renamed)
            .Select(command => CommandNames.Without([.. lost[command.Descriptor.Name]], command));
        return CommandCatalogue.Of([.. others.Entries, .. own]);
    }

    private CommandCatalogue Others(PluginGeneration? before) =>
        CommandCatalogue.Of(commandRegistry.Current.Catalogue.Entries.Where(e => e.Owner != before?.Owner));

    private IEnumerable<(CatalogueEntry Command, string Alias, CatalogueEntry Taker)> LostAliases(
        CommandCatalogue others, PluginGeneration generation) =>
        from command in generation.Commands.Select(commandNames.Renamed)
        from alias in command.Descriptor.Aliases
        let taker = others.Find(alias.Name)
        where taker is not null
        select (command, alias.Name, taker);

    private static LocalizedText? ProblemOf(CommandCatalogue catalogue) => catalogue.Problems.Count == 0
        ? null
        : LocalizedText.Join(catalogue.Problems.Select(p => LocalizedText.Of(t => t.Command(p.Command, p.Text))));

    private void Swap(CommandCatalogue catalogue, HookTable hooks) =>
        commandRegistry.Swap(new(catalogue, policy(catalogue.AlsoAsking(hooks.Permissions))) { Hooks = hooks });

    [LoggerMessage(
        EventId = 723, EventName = "PluginAliasTaken", Level = LogLevel.Warning,
        Message = "Plugin {Plugin} starts without the alias {Alias} of its command {Command}: plugin {Other} has that name.")]
    private partial void LogAliasTaken(string plugin, string alias, string command, string other);
}
