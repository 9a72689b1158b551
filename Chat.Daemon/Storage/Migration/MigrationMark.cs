namespace Chat.Daemon.Storage.Migration;

/// <summary>Stands with an unfinished copy.</summary>
/// <param name="Source">The fingerprint of what is being copied, and of who copies.</param>
/// <param name="IsChecked">Whether the copy was complete and equal to it.</param>
internal sealed record MigrationMark(string Source, bool IsChecked);
