/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* fault.c -- what the numbers of MariaDB and Connector/C mean to us. */

#include <errmsg.h>
#include <mysqld_error.h>

#include "store_priv.h"

/* Numbers that are missing from one or the other header. */
enum {
    WSREP_NOT_PRIMARY = 1047,     /* ER_UNKNOWN_COM_ERROR: no quorum */
    CONNECTION_KILLED = 1927
};

gov_fault_t
gov_store__fault(unsigned number)
{
    switch (number) {
    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_CHECKREAD:                  /* row changed since it was read */
    case ER_ERROR_DURING_COMMIT:
    case ER_QUERY_INTERRUPTED:
    case ER_NEED_REPREPARE:
        return GOV_FAULT_RETRY;
    case ER_ACCESS_DENIED_ERROR:        /* also during a state transfer */
    case ER_CON_COUNT_ERROR:
    case ER_SERVER_SHUTDOWN:
    case ER_NORMAL_SHUTDOWN:
    case ER_SHUTDOWN_COMPLETE:
    case ER_HOST_IS_BLOCKED:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_NEW_ABORTING_CONNECTION:
    case ER_NET_READ_ERROR_FROM_PIPE:
    case ER_NET_FCNTL_ERROR:
    case ER_NET_PACKETS_OUT_OF_ORDER:
    case ER_NET_UNCOMPRESS_ERROR:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_UNKNOWN_STMT_HANDLER:
    case ER_OPTION_PREVENTS_STATEMENT:  /* a node that was made read-only */
    case ER_READ_ONLY_MODE:
    case WSREP_NOT_PRIMARY:
    case CONNECTION_KILLED:
        return GOV_FAULT_LOST;
    default:
        break;
    }
    /* Connector/C's own numbers: 2000 and 5000.  Those that speak of misuse
       make the connection no less doubtful. */
    if ((number >= 2000 && number < 3000) || (number >= 5000 && number < 6000))
        return GOV_FAULT_LOST;
    return GOV_FAULT_NONE;
}

static gov_code_t
code_of(unsigned number)
{
    switch (number) {
    case CR_OUT_OF_MEMORY:
    case CR_COMMANDS_OUT_OF_SYNC:
    case CR_NO_PREPARE_STMT:
    case CR_PARAMS_NOT_BOUND:
    case CR_INVALID_PARAMETER_NO:
    case CR_INVALID_BUFFER_USE:
    case CR_UNSUPPORTED_PARAM_TYPE:
        return GOV_E_INTERNAL;
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
    case ER_DUP_UNIQUE:
    case ER_ROW_IS_REFERENCED:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW:
    case ER_NO_REFERENCED_ROW_2:
        return GOV_E_CONFLICT;
    case ER_DATA_TOO_LONG:
    case ER_TRUNCATED_WRONG_VALUE:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
    case ER_WARN_DATA_OUT_OF_RANGE:
    case ER_DATA_OUT_OF_RANGE:
    case ER_CONSTRAINT_FAILED:
    case ER_INVALID_CHARACTER_STRING:
    case WARN_DATA_TRUNCATED:
    case ER_NET_PACKET_TOO_LARGE:
        return GOV_E_INVALID;
    case ER_STATEMENT_TIMEOUT:
    case ER_USER_LIMIT_REACHED:
    case ER_OUT_OF_RESOURCES:
    case ER_RECORD_FILE_FULL:
    case ER_DISK_FULL:
        return GOV_E_UNAVAILABLE;
    default:
        return gov_store__fault(number) == GOV_FAULT_NONE
                   ? GOV_E_INTERNAL
                   : GOV_E_UNAVAILABLE;
    }
}

gov_err_t *
gov_store__error(gov_db_t *db, unsigned number, const char *text,
                 const char *what, apr_pool_t *pool)
{
    gov_fault_t fault = gov_store__fault(number);

    db->last_errno = number;
    if (fault > db->fault)
        db->fault = fault;
    if (number == ER_NET_PACKET_TOO_LARGE)
        db->fault = GOV_FAULT_LOST;     /* the server hangs up after it */
    return gov_err(code_of(number), NULL, pool, "%s: [%u] %s", what, number,
                   text);
}
