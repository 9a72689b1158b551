using System.Diagnostics.CodeAnalysis;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The questions that are open on the present connection, by id.</summary>
internal sealed class QuestionTable(MessageIds ids, Demand demand)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Question> open = [];

    public bool HasCommand
    {
        get
        {
            lock (gate) return open.Values.Any(q => q.Frame is ClientFrame.Message or ClientFrame.Command);
        }
    }

    public Question Add(ClientFrame frame)
    {
        var question = new Question(frame, ids.Next());
        lock (gate) open.Add(question.Id, question);
        demand.Enter();
        return question;
    }

    /// <summary>The question that a frame answers, which is open no more.</summary>
    public bool TryTake(DaemonFrame given, [NotNullWhen(true)] out Question? question)
    {
        lock (gate)
        {
            question = null;
            if (given.Id is null || !open.TryGetValue(given.Id, out question) || !question.IsAnsweredBy(given)) return false;
            open.Remove(given.Id);
        }
        demand.Leave();
        return true;
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(Question question)
    {
        lock (gate)
            if (!open.Remove(question.Id)) return;
        demand.Leave();
    }

    /// <summary>The connection broke.</summary>
    public void LoseAll()
    {
        Question[] lost;
        lock (gate)
        {
            lost = [.. open.Values];
            open.Clear();
        }
        foreach (var question in lost)
        {
            demand.Leave();
            question.Complete(null);
        }
    }
}
