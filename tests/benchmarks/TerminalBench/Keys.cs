using System.Diagnostics;

namespace TerminalBench;

/// <summary>Types letters, one after the other, each of which is nowhere else on the screen.</summary>
internal static class Keys
{
    private const char First = 'Ā', Last = 'ſ', Backspace = '\x7f';

    /// <returns>How long each letter took until the terminal showed it, in milliseconds.</returns>
    public static async Task<List<double>> TypeAsync(Terminal terminal, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (var letter = First; letter <= Last && !cancellation.IsCancellationRequested; letter++)
        {
            var from = terminal.Length;
            var began = Stopwatch.GetTimestamp();
            await terminal.TypeAsync(letter);
            times.Add((await terminal.UntilAsync($"{letter}", from) - began) * 1_000.0 / Stopwatch.Frequency);
            await terminal.TypeAsync(Backspace);
            await Task.Delay(50, CancellationToken.None);
        }
        return times;
    }
}
