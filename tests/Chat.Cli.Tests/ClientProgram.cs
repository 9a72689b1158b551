using System.Diagnostics;

namespace Chat.Cli.Tests;

/// <summary>The client that the tests run as a program: the built one, or the native one that CHAT_TEST_CLIENT names.</summary>
internal static class ClientProgram
{
    private static readonly string? Native = Environment.GetEnvironmentVariable("CHAT_TEST_CLIENT") is { Length: > 0 } path ? path : null;
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "chat.dll");

    /// <summary>For a shell, which reads it once.</summary>
    public static string Command { get; } = Native is null ? $"dotnet {Built}" : Native;

    public static ProcessStartInfo Start(string arguments) =>
        Native is null ? new("dotnet", $"\"{Built}\" {arguments}") : new(Native, arguments);
}
