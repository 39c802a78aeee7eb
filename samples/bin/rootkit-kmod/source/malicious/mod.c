#include <linux/module.h>
static int __init m_init(void) {
    list_del(&THIS_MODULE->list);
    return 0;
}
module_init(m_init);
