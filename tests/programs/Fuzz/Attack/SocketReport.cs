namespace Fuzz.Attack;

/// <param name="Echoes">Messages of the bystander that came back.</param>
/// <param name="Problems">One sentence each.</param>
internal sealed record SocketReport(int Frames, int Connections, int Echoes, TimeSpan Took, IReadOnlyList<string> Problems)
{
    public override string ToString() =>
        $"{Frames:N0} frames over {Connections:N0} connections in {Took.TotalSeconds:0.0} s; the bystander had {Echoes:N0} echoes;"
        + $" {Problems.Count} problems{string.Concat(Problems.Select(p => "\n  " + p))}";
}
