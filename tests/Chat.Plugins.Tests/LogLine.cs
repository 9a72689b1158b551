using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests;

internal sealed record LogLine(
    string Category, LogLevel Level, string Text, IReadOnlyList<KeyValuePair<string, object?>> Values, Exception? Failure);
