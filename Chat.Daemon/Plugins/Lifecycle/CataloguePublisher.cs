using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Puts catalogues into force, one change at a time. Safe from any thread.</summary>
/// <param name="permissions">Who may run what of a catalogue, by the settings in force; called under the lock.</param>
internal sealed class CataloguePublisher(CommandRegistry registry, Func<CommandCatalogue, PermissionTable> permissions)
{
    private readonly Lock gate = new(); // makes reading and swapping one step

    /// <summary>All of the generation's commands and hooks, or none; those of the one before it go in the same step.</summary>
    /// <param name="before">Null: it is the first.</param>
    /// <returns>Why none; null where all are in force.</returns>
    public Sentence? Replace(PluginGeneration? before, PluginGeneration generation)
    {
        lock (gate)
        {
            var catalogue = CommandCatalogue.Of([.. registry.Current.Catalogue.Entries.Where(e => e.Owner != before?.Owner), .. generation.Commands]);
            if (catalogue.Problems.Count > 0) return catalogue.Problems.Select(p => Sentence.Of(t => t.Command(p.Command, p.Text))).Aggregate((first, next) => first + next);
            Swap(catalogue, registry.Current.Hooks.Without(before is null ? [] : [before.Hooks]).With(generation.Hooks));
            return null;
        }
    }

    /// <summary>Whether another plugin has one of the names; null where they are free. What is free now may be taken when the plugin has started: <see cref="Replace"/> looks again.</summary>
    public Sentence? ConflictOf(IEnumerable<string> names, PluginGeneration? before)
    {
        var others = registry.Current.Catalogue;
        var taken = names.Select(name => (Name: name, Entry: others.Find(name))).FirstOrDefault(n => n.Entry is not null && n.Entry.Owner != before?.Owner);
        return taken.Entry is { } entry ? Sentence.Of(t => t.NameTaken(taken.Name, entry.Descriptor.Name, entry.Owner.Id)) : null;
    }

    public void Remove(IReadOnlyCollection<PluginGeneration> generations)
    {
        lock (gate)
        {
            var current = registry.Current;
            Swap(CommandCatalogue.Of(current.Catalogue.Entries.Where(e => generations.All(g => g.Owner != e.Owner))), current.Hooks.Without([.. generations.Select(g => g.Hooks)]));
        }
    }

    /// <summary>Puts changed settings into force.</summary>
    public void Refresh()
    {
        lock (gate) Swap(registry.Current.Catalogue, registry.Current.Hooks);
    }

    private void Swap(CommandCatalogue catalogue, HookTable hooks) => registry.Swap(new(catalogue, permissions(catalogue)) { Hooks = hooks });
}
