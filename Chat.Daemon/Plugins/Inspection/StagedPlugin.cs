namespace Chat.Daemon.Plugins.Inspection;

/// <summary>The daemon's own copy of a plugin.</summary>
/// <param name="Folder">Read-only, and named by the hash of its content.</param>
/// <param name="Assembly">Full path of the DLL.</param>
internal sealed record StagedPlugin(string Folder, string Assembly)
{
    /// <summary>SHA-256 over the names and contents of all files.</summary>
    public string Hash => Path.GetFileName(Folder);

    /// <summary>The other DLLs in the copy.</summary>
    public IEnumerable<string> Libraries =>
        Directory.EnumerateFiles(Folder, "*.dll", SearchOption.AllDirectories).Where(file => file != Assembly);
}
