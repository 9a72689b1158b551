using System.Text.Json;

namespace Chat.Daemon.Commands;

/// <summary>The text or the frame that names a command and its arguments.</summary>
internal abstract record CommandInput
{
    private CommandInput()
    {
    }

    /// <param name="Text">The whole line, with its slash.</param>
    public sealed record Line(string Text) : CommandInput;

    public sealed record Frame(string Name, IReadOnlyDictionary<string, JsonElement>? Args) : CommandInput;
}
