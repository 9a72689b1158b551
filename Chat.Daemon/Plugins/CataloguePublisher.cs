using Chat.Daemon.Commands;

namespace Chat.Daemon.Plugins;

/// <summary>Puts catalogues into force, one change at a time. Safe from any thread.</summary>
/// <param name="permissions">Who may run what of a catalogue, by the settings in force; called under the lock.</param>
internal sealed class CataloguePublisher(CommandRegistry registry, Func<CommandCatalogue, PermissionTable> permissions)
{
    private readonly Lock gate = new(); // makes reading and swapping one step

    /// <summary>All of the generation's commands, or none; those of the one before it go in the same step.</summary>
    /// <param name="before">Null: it is the first.</param>
    /// <returns>Why none, for the operator, as yet unescaped; null where all are in force.</returns>
    public string? Replace(PluginGeneration? before, PluginGeneration generation)
    {
        lock (gate)
        {
            CommandCatalogue catalogue;
            try
            {
                var others = registry.Current.Catalogue.Entries.Where(e => e.Owner != before);
                catalogue = CommandCatalogue.Of([.. others, .. generation.Commands.Select(c => new CatalogueEntry(c, generation))]);
            }
            catch (Exception failure) // a descriptor may hold null where it says that it does not
            {
                return $"Its commands can't be read: {failure.Message}";
            }
            if (catalogue.Problems.Count > 0) return string.Join(' ', catalogue.Problems.Select(p => $"Command {p.Command}: {p.Text}"));
            Swap(catalogue);
            return null;
        }
    }

    public void Remove(IReadOnlyCollection<PluginGeneration> generations)
    {
        lock (gate) Swap(CommandCatalogue.Of(registry.Current.Catalogue.Entries.Where(e => !generations.Contains(e.Owner))));
    }

    /// <summary>Puts changed settings into force.</summary>
    public void Refresh()
    {
        lock (gate) Swap(registry.Current.Catalogue);
    }

    private void Swap(CommandCatalogue catalogue) => registry.Swap(new(catalogue, permissions(catalogue)));
}
