namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>One line of the list of plugins, in no language yet.</summary>
internal sealed record PluginRow(PluginSummary Summary, Sentence? Note)
{
    public PluginSummary In(string language) => Note is null ? Summary : Summary with { Note = Note.In(language) };
}
