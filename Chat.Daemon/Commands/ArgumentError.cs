

namespace Chat.Daemon.Commands;

/// <summary>What is wrong with an argument.</summary>
/// <param name="Span">The part of the line that is wrong; null for an argument of a frame.</param>
/// <param name="Given">As the caller wrote it; untrusted.</param>
/// <param name="Fault">The exception of a plugin's converter, for the log.</param>
internal sealed record ArgumentError(
    ArgumentProblem Problem, LineSpan? Span, ParameterDescriptor? Parameter = null, string Given = "", Exception? Fault = null)
{
    public IReadOnlyList<LocalizedName> Expected { get; init; } = [];
}
