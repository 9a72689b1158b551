namespace Chat.Generators.Declared;

/// <summary>How the caller waits for it.</summary>
internal enum Waiting
{
    No,
    Task,
    ValueTask,
}
